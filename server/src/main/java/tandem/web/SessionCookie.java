package tandem.web;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tandem.oauth.SecretHash;
import tandem.secret.Purpose;
import tandem.secret.SecretKeys;

/// The cookie that names a browser's session: random bits, and a mark that they were drawn here, so
/// that a value somebody planted is never adopted.
public final class SessionCookie {

    private static final int RANDOM_BYTES = 32;
    private static final int MARK_BYTES = 16;

    private final SecretKeys keys;
    private final RandomGenerator random;
    private final boolean secure;

    /// @param secure whether the issuer is https: then the name has the prefix `__Host-`, which
    ///   browsers accept only from this very host over TLS
    public SessionCookie(SecretKeys keys, RandomGenerator random, boolean secure) {
        this.keys = keys;
        this.random = random;
        this.secure = secure;
    }

    /// The value of a session cookie, as the browser holds it.
    public record Token(String value) {

        public SecretHash hash() {
            return SecretHash.sha256(value);
        }

        @Override
        public String toString() {
            return "Token[…]";
        }
    }

    public Token draw() {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        var mark = Arrays.copyOf(keys.mac(Purpose.COOKIE, bytes), MARK_BYTES);
        var value = Arrays.copyOf(bytes, RANDOM_BYTES + MARK_BYTES);
        System.arraycopy(mark, 0, value, RANDOM_BYTES, MARK_BYTES);
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(value));
    }

    /// The request's token; empty when there is none that was drawn here.
    public Optional<Token> of(Request request) {
        return request.cookie(name()).filter(this::drawnHere).map(Token::new);
    }

    /// Hands the browser its token. Without an age: it ends with the browser, and with the session
    /// in the store before that.
    public Response give(Response response, Token token) {
        return response.with("Set-Cookie", name() + "=" + token.value() + attributes());
    }

    public Response take(Response response) {
        return response.with("Set-Cookie", name() + "=" + attributes() + "; Max-Age=0");
    }

    private boolean drawnHere(String value) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return bytes.length == RANDOM_BYTES + MARK_BYTES
                && keys.authentic(
                        Purpose.COOKIE,
                        Arrays.copyOf(bytes, RANDOM_BYTES),
                        Arrays.copyOfRange(bytes, RANDOM_BYTES, bytes.length));
    }

    private String name() {
        return secure ? "__Host-tandem" : "tandem";
    }

    private String attributes() {
        return "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }
}
