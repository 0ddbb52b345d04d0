package tandem.page;

/// The person said no.
///
/// @param reported true when they said that they did not start it
public record Declined(App app, boolean reported) implements Page {}
