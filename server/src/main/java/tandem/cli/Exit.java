package tandem.cli;

/// How a command ends, as scripts see it; the help of every command lists them ([Verb]).
enum Exit {
    OK(0),
    FAILED(1),
    USAGE(2),
    LOGIN_NEEDED(3),
    DENIED(4),
    EXPIRED(5);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
