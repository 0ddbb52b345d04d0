package tandem.conformance.person;

/// The person found no way on: a page asks for what was given already, or refuses it.
public final class Lost extends RuntimeException {
    private final String why;

    public Lost(String why) {
        super(why);
        this.why = why;
    }

    public Lost(String why, Throwable cause) {
        super(why, cause);
        this.why = why;
    }

    public String why() {
        return why;
    }
}
