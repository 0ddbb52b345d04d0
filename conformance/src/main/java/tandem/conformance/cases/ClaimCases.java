package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Request;

/// CL: what ID tokens say (OpenID Connect Core §2).
final class ClaimCases {
    private static final int LEEWAY_SECONDS = 60;

    private ClaimCases() {}

    static Stream<Case> all() {
        return idToken();
    }

    private static Stream<Case> idToken() {
        return Stream.of(
                id(
                        must(
                                        "CL-01",
                                        "The ID token names issuer, person, client and times",
                                        "OpenID Connect Core §2")
                                .needs(Need.APPROVER, Need.OPENID),
                        (scene, jwt) -> {
                            var client = scene.roles().device().id();
                            scene.expect(
                                    jwt.text("iss").equals(scene.metadata().issuer()),
                                    "iss " + scene.metadata().issuer(),
                                    jwt.text("iss"));
                            scene.expect(
                                    !jwt.text("sub").isEmpty() && jwt.text("sub").length() <= 255,
                                    "sub of 1 to 255 characters",
                                    jwt.text("sub"));
                            scene.expect(
                                    jwt.audience().contains(client),
                                    "aud with " + client,
                                    jwt.audience().toString());
                            scene.expect(
                                    jwt.seconds("exp") > jwt.seconds("iat"),
                                    "exp after iat",
                                    jwt.text("exp"));
                        }),
                id(
                        must(
                                        "CL-01a",
                                        "The ID token is signed by one of the server's keys",
                                        "OpenID Connect Core §3.1.3.7")
                                .needs(Need.APPROVER, Need.OPENID, Need.KEYS),
                        (scene, jwt) ->
                                scene.expect(
                                        jwt.isSignedByServer(scene),
                                        "a signature of a key in jwks_uri",
                                        "none that fits")),
                id(
                        must(
                                        "CL-01b",
                                        "The times of the ID token are those of now",
                                        "OpenID Connect Core §2")
                                .needs(Need.APPROVER, Need.OPENID),
                        (scene, jwt) -> {
                            long date = serverSeconds(scene);
                            scene.expect(
                                    Math.abs(jwt.seconds("iat") - date) < LEEWAY_SECONDS * 10,
                                    "iat about now",
                                    jwt.text("iat"));
                            scene.expect(jwt.seconds("exp") > date, "exp to come", jwt.text("exp"));
                        }),
                id(
                        must(
                                        "CL-02",
                                        "at_hash, where it is, fits the access token",
                                        "OpenID Connect Core §3.1.3.6")
                                .needs(Need.APPROVER, Need.OPENID),
                        (scene, jwt) -> {
                            var told =
                                    jwt.claim("at_hash")
                                            .orElseThrow(() ->
                                                    scene.skip(
                                                            "needs an at_hash, which is optional here"));
                            var right =
                                    half(
                                            scene.shared().access(),
                                            jwt.token().getHeader().getAlgorithm().getName());
                            scene.expect(told.equals(right), right, told.toString());
                        }),
                id(
                        should(
                                        "CL-03",
                                        "Without a nonce in the request there is none in the ID token",
                                        "OpenID Connect Core §2")
                                .needs(Need.APPROVER, Need.OPENID),
                        (scene, jwt) ->
                                scene.expect(
                                        jwt.claim("nonce").isEmpty(),
                                        "no nonce",
                                        jwt.text("nonce"))),
                id(
                        must(
                                        "CL-04",
                                        "auth_time, where it is, is a time before the token's",
                                        "OpenID Connect Core §2")
                                .needs(Need.APPROVER, Need.OPENID),
                        (scene, jwt) -> {
                            if (jwt.claim("auth_time").isEmpty()) {
                                throw scene.skip("needs an auth_time, which is optional here");
                            }
                            scene.expect(
                                    jwt.seconds("auth_time") > 0
                                            && jwt.seconds("auth_time") <= jwt.seconds("iat") + 1,
                                    "a time until iat",
                                    jwt.text("auth_time"));
                        }),
                id(
                        must(
                                        "CL-06",
                                        "azp, where it is, is the client; several audiences have one",
                                        "OpenID Connect Core §2")
                                .needs(Need.APPROVER, Need.OPENID),
                        (scene, jwt) -> {
                            var client = scene.roles().device().id();
                            scene.expect(
                                    jwt.claim("azp").isEmpty() || jwt.text("azp").equals(client),
                                    client,
                                    jwt.text("azp"));
                        }),
                id(
                        must(
                                        "CL-14",
                                        "The algorithm is one that is advertised, and not none",
                                        "OpenID Connect Core §2, RFC 8725 §3.2")
                                .needs(Need.APPROVER, Need.OPENID),
                        (scene, jwt) -> {
                            var algorithm = jwt.token().getHeader().getAlgorithm().getName();
                            scene.expect(
                                    scene.metadata()
                                            .allows(
                                                    "id_token_signing_alg_values_supported",
                                                    algorithm),
                                    "an advertised algorithm",
                                    algorithm);
                        }),
                must(
                                "CL-15",
                                "One person has one sub, whatever the device",
                                "OpenID Connect Core §2, §8")
                        .needs(Need.APPROVER, Need.OPENID)
                        .judged(scene -> {
                            var again = Jwt.of(scene.linked().id()).orElseThrow();
                            var first = Jwt.id(scene);
                            scene.expect(
                                    first.text("sub").equals(again.text("sub")),
                                    first.text("sub"),
                                    again.text("sub"));
                        }));
    }

    /// Judges one token of the shared link.
    @FunctionalInterface
    interface TokenCheck {
        void judge(Scene scene, Jwt jwt);
    }

    private static Case id(Case.Draft draft, TokenCheck check) {
        return draft.judged(scene -> check.judge(scene, Jwt.id(scene)));
    }

    /// The server's clock, by its Date; ours where it has none.
    private static long serverSeconds(Scene scene) {
        var date = scene.send(Request.get(scene.metadata().tokenEndpoint())).header("Date");
        return date.map(text ->
                        java.time.ZonedDateTime.parse(
                                        text, java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toEpochSecond())
                .orElseGet(() -> System.currentTimeMillis() / 1000);
    }

    /// OpenID Connect Core §3.1.3.6: the left half of the hash that goes with the algorithm.
    private static String half(String token, String algorithm) {
        var name =
                algorithm.endsWith("384")
                        ? "SHA-384"
                        : algorithm.endsWith("512") || algorithm.equals("EdDSA")
                                ? "SHA-512"
                                : "SHA-256";
        try {
            var hash =
                    MessageDigest.getInstance(name)
                            .digest(token.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(hash, hash.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
