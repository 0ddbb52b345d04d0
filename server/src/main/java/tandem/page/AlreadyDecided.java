package tandem.page;

/// The request was answered before: by the back button, or in a second tab.
///
/// @param connected which answer it was
public record AlreadyDecided(App app, boolean connected) implements Page {}
