package tandem.model;

/// How an API's access tokens name their type.
public enum TokenDialect {
    /// `typ: JWT`, which every resource-server library accepts as it comes.
    ACCESS_TOKEN("JWT"),
    /// `typ: at+jwt`, [RFC 9068 §2.1](https://www.rfc-editor.org/rfc/rfc9068#section-2.1)
    RFC9068_PROFILE("at+jwt");

    private final String typ;

    TokenDialect(String typ) {
        this.typ = typ;
    }

    /// The value of the header's `typ`.
    public String typ() {
        return typ;
    }
}
