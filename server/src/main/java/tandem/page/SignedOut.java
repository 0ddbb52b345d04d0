package tandem.page;

/// The person has signed out.
public record SignedOut() implements Page {}
