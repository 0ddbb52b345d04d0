package tandem.oauth;

/// Every error an OAuth endpoint of Tandem answers, with its wire name and status.
public enum ErrorCode {
    /// [RFC 6749 §5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)
    INVALID_REQUEST("invalid_request", 400),
    /// [RFC 6749 §5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)
    INVALID_CLIENT("invalid_client", 401),
    /// [RFC 6749 §5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)
    INVALID_GRANT("invalid_grant", 400),
    /// [RFC 6749 §5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)
    UNAUTHORIZED_CLIENT("unauthorized_client", 400),
    /// [RFC 6749 §5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)
    UNSUPPORTED_GRANT_TYPE("unsupported_grant_type", 400),
    /// [RFC 6749 §5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)
    INVALID_SCOPE("invalid_scope", 400),
    /// [RFC 8707 §2](https://www.rfc-editor.org/rfc/rfc8707#section-2)
    INVALID_TARGET("invalid_target", 400),
    /// [RFC 9449 §5](https://www.rfc-editor.org/rfc/rfc9449#section-5)
    INVALID_DPOP_PROOF("invalid_dpop_proof", 400),
    /// [RFC 9449 §8](https://www.rfc-editor.org/rfc/rfc9449#section-8)
    USE_DPOP_NONCE("use_dpop_nonce", 400),
    /// [RFC 9396 §5](https://www.rfc-editor.org/rfc/rfc9396#section-5)
    INVALID_AUTHORIZATION_DETAILS("invalid_authorization_details", 400),
    /// [RFC 8628 §3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.5)
    AUTHORIZATION_PENDING("authorization_pending", 400),
    /// [RFC 8628 §3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.5)
    SLOW_DOWN("slow_down", 400),
    /// The same word from a limiter: one address or client asks too often.
    TOO_MANY_REQUESTS("slow_down", 429),
    /// [RFC 8628 §3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.5)
    ACCESS_DENIED("access_denied", 400),
    /// [RFC 8628 §3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.5)
    EXPIRED_TOKEN("expired_token", 400),
    /// [RFC 6750 §3.1](https://www.rfc-editor.org/rfc/rfc6750#section-3.1)
    INVALID_TOKEN("invalid_token", 401),
    /// [RFC 6750 §3.1](https://www.rfc-editor.org/rfc/rfc6750#section-3.1)
    INSUFFICIENT_SCOPE("insufficient_scope", 403),
    /// [RFC 6749 §4.1.2.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1)
    TEMPORARILY_UNAVAILABLE("temporarily_unavailable", 503),
    /// [RFC 6749 §4.1.2.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1)
    SERVER_ERROR("server_error", 500),
    /// The path has no endpoint; an OAuth error all the same, so that a client can read it.
    NOT_FOUND("not_found", 404),
    /// The endpoint exists, but not for this method.
    METHOD_NOT_ALLOWED("invalid_request", 405),
    /// The body is longer than any honest request.
    TOO_LARGE("invalid_request", 413);

    private final String wire;
    private final int status;

    ErrorCode(String wire, int status) {
        this.wire = wire;
        this.status = status;
    }

    /// The value of the `error` member.
    public String wire() {
        return wire;
    }

    /// The HTTP status it is answered with.
    public int status() {
        return status;
    }
}
