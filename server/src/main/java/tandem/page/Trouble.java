package tandem.page;

/// Something did not work.
///
/// @param correlation to be named to whoever looks into it; empty where nothing was written down
public record Trouble(int status, Kind kind, String correlation) implements Page {

    public enum Kind {
        NOT_FOUND("trouble.not-found"),
        FORBIDDEN("trouble.forbidden"),
        BAD_REQUEST("trouble.bad-request"),
        TOO_MANY("trouble.too-many"),
        UNAVAILABLE("trouble.unavailable"),
        SERVER_ERROR("trouble.server-error"),
        METHOD("trouble.method"),
        TOO_LARGE("trouble.too-large");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        public Message heading() {
            return Message.of(key + ".heading");
        }

        public Message advice() {
            return Message.of(key + ".advice");
        }
    }
}
