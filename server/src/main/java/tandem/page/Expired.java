package tandem.page;

/// The code ran out on the way; told only to a session that had entered it while it lived.
public record Expired() implements Page {}
