package tandem.oauth;

/// Which of two worlds the OAuth endpoints answer like.
public enum Profile {
    /// To the letter of the RFCs.
    RFC,
    /// With Auth0's statuses, and JSON bodies beside forms, for clients that were made for it.
    AUTH0;

    /// The status that an error is answered with.
    public int status(ErrorCode code) {
        return this == AUTH0 ? auth0(code) : code.status();
    }

    private static int auth0(ErrorCode code) {
        return switch (code) {
            case AUTHORIZATION_PENDING,
                    ACCESS_DENIED,
                    EXPIRED_TOKEN,
                    INVALID_GRANT,
                    UNAUTHORIZED_CLIENT ->
                    403;
            case SLOW_DOWN -> 429;
            case INVALID_REQUEST,
                    INVALID_CLIENT,
                    UNSUPPORTED_GRANT_TYPE,
                    INVALID_SCOPE,
                    INVALID_TARGET,
                    INVALID_DPOP_PROOF,
                    USE_DPOP_NONCE,
                    INVALID_AUTHORIZATION_DETAILS,
                    TOO_MANY_REQUESTS,
                    INVALID_TOKEN,
                    INSUFFICIENT_SCOPE,
                    TEMPORARILY_UNAVAILABLE,
                    SERVER_ERROR,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    TOO_LARGE ->
                    code.status();
        };
    }
}
