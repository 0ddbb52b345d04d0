package tandem.page;

/// The request was answered before: by the back button, in a second tab, or by somebody else.
public record AlreadyDecided(App app, Answer answer) implements Page {

    /// What was answered, as far as this browser may know.
    public enum Answer {
        CONNECTED,
        /// By another account than the one that is signed in here.
        CONNECTED_BY_ANOTHER,
        DECLINED
    }
}
