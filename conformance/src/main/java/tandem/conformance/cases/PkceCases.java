package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.wise;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Device;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Answer;

/// PK: PKCE on the device flow (RFC 7636), where the server takes it there.
///
/// No specification binds the two together; a server that ignores the challenge is passed over, one
/// that takes it has to demand the verifier.
final class PkceCases {
    private PkceCases() {}

    static Stream<Case> all() {
        return Stream.of(
                must("PK-01", "With the right verifier the code is redeemed", "RFC 7636 §4.6")
                        .needs(Need.PKCE, Need.APPROVER)
                        .judged(scene -> {
                            var verifier = scene.madeUp();
                            challenged(scene, verifier)
                                    .isApproved()
                                    .adds(form -> form.with("code_verifier", verifier))
                                    .pollsToEnd()
                                    .is(200);
                        }),
                must("PK-02", "Without a verifier the code buys nothing", "RFC 7636 §4.6")
                        .needs(Need.PKCE, Need.APPROVER)
                        .judged(scene -> refused(binding(scene).pollsInTime())),
                must("PK-03", "With a wrong verifier the code buys nothing", "RFC 7636 §4.6")
                        .needs(Need.PKCE, Need.APPROVER)
                        .judged(scene -> {
                            var device = binding(scene);
                            refused(
                                    device.pollsWith(
                                            form -> form.with("code_verifier", scene.madeUp())));
                        }),
                must("PK-04", "A verifier that is too short buys nothing", "RFC 7636 §4.1, §4.6")
                        .needs(Need.PKCE, Need.APPROVER)
                        .judged(scene ->
                                refused(
                                        binding(scene)
                                                .pollsWith(form ->
                                                        form.with("code_verifier", "short")))),
                must("PK-05", "The challenge itself is no verifier", "RFC 7636 §4.6")
                        .needs(Need.PKCE, Need.APPROVER)
                        .judged(scene -> {
                            var verifier = scene.madeUp();
                            var device = challenged(scene, verifier).isApproved();
                            skipWhereIgnored(scene);
                            refused(
                                    device.pollsWith(form ->
                                            form.with("code_verifier", challenge(verifier))));
                        }),
                wise(
                                "PK-06",
                                "A method that nobody knows is refused, or the challenge ignored",
                                "RFC 7636 §4.4.1")
                        .needs(Need.PKCE)
                        .judged(scene -> {
                            skipWhereIgnored(scene);
                            scene.device()
                                    .tries(form ->
                                            form.with("code_challenge", challenge(scene.madeUp()))
                                                    .with("code_challenge_method", "S1"))
                                    .isError("invalid_request");
                        }),
                wise("PK-07", "A challenge that is none is refused", "RFC 7636 §4.2, §4.4.1")
                        .needs(Need.PKCE)
                        .judged(scene -> {
                            skipWhereIgnored(scene);
                            scene.device()
                                    .tries(form ->
                                            form.with("code_challenge", "short")
                                                    .with("code_challenge_method", "S256"))
                                    .isError("invalid_request");
                        }),
                wise(
                                "PK-08",
                                "While waiting, the verifier is not asked for",
                                "RFC 8628 §3.5, RFC 7636 §4.6")
                        .needs(Need.PKCE)
                        .judged(scene ->
                                challenged(scene, scene.madeUp())
                                        .polls()
                                        .isErrorBut("server_error")));
    }

    private static Device challenged(Scene scene, String verifier) {
        return scene.device()
                .asksWith(form ->
                        form.with("code_challenge", challenge(verifier))
                                .with("code_challenge_method", "S256"));
    }

    /// An approved code, bound to a verifier that nobody will send.
    private static Device binding(Scene scene) {
        skipWhereIgnored(scene);
        return challenged(scene, scene.madeUp()).isApproved();
    }

    /// Asked in another case's way: whether codes without verifier are redeemed all the same.
    private static void skipWhereIgnored(Scene scene) {
        var device = scene.device();
        var answer =
                device.tries(form ->
                        form.with("code_challenge", "!").with("code_challenge_method", "S256"));
        if (answer.status() == 200) {
            throw scene.skip("needs a server that takes PKCE on the device flow");
        }
    }

    private static void refused(Answer answer) {
        answer.isError("invalid_grant", "invalid_request").hasNo("access_token");
    }

    static String challenge(String verifier) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
