package tandem.token;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import tandem.keys.CompactJws;
import tandem.keys.VerifyingKey;
import tandem.metric.Metrics;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.oauth.SecretHash;
import tandem.secret.Purpose;
import tandem.secret.SecretKeys;
import tandem.web.Json;
import tandem.web.Request;
import tools.jackson.databind.JsonNode;

/// Checks that a request holds a key: the `DPoP` header. [RFC 9449
/// §4.3](https://www.rfc-editor.org/rfc/rfc9449#section-4.3)
///
/// Every proof carries a nonce given out here a few minutes ago at most, so that none can be made
/// beforehand. A nonce is a time with a mark that it was made under the secret key: every node
/// knows another's, and none is kept. The ids of proofs are kept, on this node and as long as their
/// nonce lives; a proof repeated at another node within that time is the one thing not seen.
public final class DpopProofs {

    public static final String HEADER = "DPoP";
    public static final String NONCE_HEADER = "DPoP-Nonce";

    private static final String TYPE = "dpop+jwt";

    /// A nonce is given out for this long, and taken for as long again.
    private static final Duration NONCE_GRAIN = Duration.ofMinutes(2);

    /// Devices' clocks are not to be relied on, and the nonce tells the time too.
    private static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofMinutes(5);

    private static final int MARK_BYTES = 16;
    private static final int PROOF_MAX = 8 * 1024;

    private final SecretKeys keys;
    private final Issuer issuer;
    private final InstantSource clock;
    private final UsedOnce used;

    public DpopProofs(SecretKeys keys, Issuer issuer, InstantSource clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
        this.used = new UsedOnce(UsedOnce.KEPT_MAX, clock);
    }

    /// Tells how many are remembered.
    public void measure(Metrics metrics) {
        used.measure(metrics, "dpop_proofs");
    }

    /// The nonce that the next proof is to carry.
    public String nonce() {
        return nonce(grain(clock.instant()));
    }

    /// The thumbprint of the key a request proves to hold; empty when it has no proof.
    ///
    /// @param accessToken the token that the proof must be for, where one is presented with it
    public Outcome<Optional<String>> key(Request request, Optional<String> accessToken) {
        var headers = request.headers(HEADER);
        if (headers.isEmpty()) {
            return Outcome.ok(Optional.empty());
        }
        if (headers.size() > 1 || headers.getFirst().length() > PROOF_MAX) {
            return invalid("expected one DPoP header with one proof");
        }
        var parsed = CompactJws.parse(headers.getFirst().strip());
        if (parsed.isEmpty()) {
            return invalid("the DPoP header is no signed JWT");
        }
        var proof = parsed.get();
        var key = Optional.ofNullable(proof.getHeader().getJWK()).flatMap(VerifyingKey::presented);
        var type = proof.getHeader().getType();
        if (type == null || !type.getType().equalsIgnoreCase(TYPE)) {
            return invalid("typ of the proof is not " + TYPE);
        }
        if (key.filter(k -> k.verifies(proof)).isEmpty()) {
            return invalid(
                    "the proof is not signed with the public key in its jwk, by "
                            + String.join(", ", VerifyingKey.ALGORITHMS));
        }
        var claims = Json.read(proof.getPayload().toBytes()).filter(JsonNode::isObject);
        return claims.isEmpty()
                ? invalid("the claims of the proof are no JSON object")
                : checked(request, claims.get(), accessToken, key.get());
    }

    private Outcome<Optional<String>> checked(
            Request request, JsonNode claims, Optional<String> accessToken, VerifyingKey key) {
        if (!request.method().equals(text(claims, "htm"))) {
            return invalid("htm of the proof is not the method of the request");
        }
        if (!here(text(claims, "htu"), request.path())) {
            return invalid("htu of the proof is not the URL of this endpoint");
        }
        if (accessToken.isPresent()
                && !SecretHash.sha256(accessToken.get()).value().equals(text(claims, "ath"))) {
            return invalid("ath of the proof is not the hash of the access token");
        }
        var id = text(claims, "jti");
        if (id.isEmpty() || !claims.path("iat").isNumber()) {
            return invalid("the proof has no jti or no iat");
        }
        if (!known(text(claims, "nonce"))) {
            return Outcome.refused(
                    ErrorCode.USE_DPOP_NONCE,
                    "put the value of the DPoP-Nonce header into the proof as its nonce");
        }
        // As a double: a number of any size is read, and compared.
        var age = clock.instant().getEpochSecond() - claims.path("iat").asDouble(Double.NaN);
        if (!(Math.abs(age) <= CLOCK_DIFFERENCE_MAX.toSeconds())) {
            return invalid("iat of the proof is far from the time here");
        }
        var thumbprint = key.thumbprint();
        var until = clock.instant().plus(NONCE_GRAIN.multipliedBy(2));
        if (!used.first(thumbprint + '\n' + text(claims, "htu") + '\n' + id, until)) {
            return invalid("the proof has been used before; make a new one for each request");
        }
        return Outcome.ok(Optional.of(thumbprint));
    }

    /// Scheme and host without regard to case, default ports left out, query and fragment passed
    /// over ([RFC 9449 §4.3](https://www.rfc-editor.org/rfc/rfc9449#section-4.3)).
    private boolean here(String htu, String path) {
        try {
            var said = new URI(htu).normalize();
            var own = issuer.uri();
            return said.isAbsolute()
                    && said.getHost() != null
                    && said.getScheme().equalsIgnoreCase(own.getScheme())
                    && said.getHost().equalsIgnoreCase(own.getHost())
                    && port(said) == port(own)
                    && path.equals(said.getRawPath());
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
    }

    private String nonce(long grain) {
        var time = ByteBuffer.allocate(Long.BYTES).putLong(grain).array();
        var marked = Arrays.copyOf(time, Long.BYTES + MARK_BYTES);
        System.arraycopy(keys.mac(Purpose.DPOP_NONCE, time), 0, marked, Long.BYTES, MARK_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(marked);
    }

    private boolean known(String nonce) {
        byte[] marked;
        try {
            marked = Base64.getUrlDecoder().decode(nonce.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (marked.length != Long.BYTES + MARK_BYTES) {
            return false;
        }
        var time = Arrays.copyOf(marked, Long.BYTES);
        var mark = Arrays.copyOfRange(marked, Long.BYTES, marked.length);
        long age = grain(clock.instant()) - ByteBuffer.wrap(time).getLong();
        return age >= 0 && age <= 1 && keys.authentic(Purpose.DPOP_NONCE, time, mark);
    }

    private static long grain(Instant now) {
        return now.getEpochSecond() / NONCE_GRAIN.toSeconds();
    }

    private static String text(JsonNode claims, String name) {
        return claims.path(name).asString("");
    }

    private static <T> Outcome<T> invalid(String why) {
        return Outcome.refused(ErrorCode.INVALID_DPOP_PROOF, why);
    }
}
