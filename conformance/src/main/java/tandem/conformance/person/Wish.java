package tandem.conformance.person;

/// What the person wants done with the request.
public enum Wish {
    ALLOW,
    DENY
}
