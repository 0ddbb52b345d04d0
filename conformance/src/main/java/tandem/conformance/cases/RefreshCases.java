package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Client;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.suite.Tokens;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;

/// RF: refreshing (RFC 6749 §6, RFC 9700 §4.14).
final class RefreshCases {
    private RefreshCases() {}

    static Stream<Case> all() {
        return Stream.of(refreshing(), rotation(), refusals()).flatMap(cases -> cases);
    }

    private static Stream<Case> refreshing() {
        return Stream.of(
                must("RF-01", "A refresh token brings a new access token", "RFC 6749 §6, §5.1")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var tokens = scene.linked();
                            var answer =
                                    tokens.device()
                                            .refreshes(tokens.refresh())
                                            .is(200)
                                            .isJson()
                                            .isNotStored();
                            answer.expect(
                                    !answer.text("access_token").equals(tokens.access()),
                                    "another access token",
                                    "the same");
                            answer.text("token_type");
                        }),
                must(
                                "RF-22",
                                "An ID token at a refresh has the same issuer, person and audience",
                                "OpenID Connect Core §12.2")
                        .needs(Need.APPROVER, Need.OPENID)
                        .judged(scene -> {
                            var tokens = scene.linked();
                            var first = Jwt.of(tokens.id()).orElseThrow();
                            var answer = tokens.device().refreshes(tokens.refresh()).is(200);
                            var again =
                                    Jwt.of(
                                                    answer.find("id_token")
                                                            .orElseThrow(() ->
                                                                    scene.skip(
                                                                            "needs an ID token at refreshes")))
                                            .orElseThrow();
                            for (var claim : List.of("iss", "sub", "aud")) {
                                answer.expect(
                                        again.text(claim).equals(first.text(claim)),
                                        claim + " " + first.text(claim),
                                        again.text(claim));
                            }
                            answer.expect(
                                    first.seconds("auth_time") == again.seconds("auth_time"),
                                    "the same auth_time, if any",
                                    again.text("auth_time"));
                            answer.expect(
                                    again.seconds("iat") >= first.seconds("iat"),
                                    "iat of now",
                                    again.text("iat"));
                        }));
    }

    private static Stream<Case> rotation() {
        return Stream.of(
                must(
                                "RF-02",
                                "A refresh token of a public client is rotated or bound to a key",
                                "RFC 9700 §2.2.2, §4.14.2")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var tokens = scene.linked();
                            var answer = tokens.device().refreshes(tokens.refresh()).is(200);
                            answer.expect(
                                    !next(answer, tokens).equals(tokens.refresh()),
                                    "another refresh token",
                                    "the same");
                        }),
                must(
                                "RF-02a",
                                "A refresh token two generations old is worth nothing",
                                "RFC 9700 §4.14.2")
                        .needs(Need.APPROVER)
                        .alone()
                        .judged(scene -> {
                            var chain = Chain.of(scene, 2);
                            chain.tokens()
                                    .device()
                                    .refreshes(chain.tokens().refresh())
                                    .isRefused()
                                    .hasNo("access_token");
                        }),
                should(
                                "RF-02b",
                                "An old refresh token presented again ends the newest, too",
                                "RFC 9700 §4.14.2")
                        .needs(Need.APPROVER)
                        .alone()
                        .judged(scene -> {
                            var chain = Chain.of(scene, 2);
                            chain.tokens().device().refreshes(chain.tokens().refresh());
                            chain.tokens().device().refreshes(chain.newest()).isRefused();
                        }),
                must("RF-03", "The new refresh token works", "RFC 6749 §6")
                        .needs(Need.APPROVER)
                        .judged(scene -> Chain.of(scene, 3)),
                wise("RF-21", "A refresh token has 128 bits or more", "RFC 6749 §10.10")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var token = scene.shared().refresh();
                            scene.expect(
                                    token.length() >= 22,
                                    "22 characters or more",
                                    token.length() + "");
                        }));
    }

    private static Stream<Case> refusals() {
        return Stream.of(
                must("RF-07", "Another client's refresh token is refused", "RFC 6749 §6, §10.4")
                        .needs(Need.APPROVER, Need.OTHER_CLIENT)
                        .judged(scene ->
                                scene.otherDevice()
                                        .refreshes(scene.linked().refresh())
                                        .isRefused()
                                        .hasNo("access_token")),
                wise("RF-07a", "A stranger's try does not end the owner's link", "RFC 6749 §10.4")
                        .needs(Need.APPROVER, Need.OTHER_CLIENT)
                        .judged(scene -> {
                            var tokens = scene.linked();
                            scene.otherDevice().refreshes(tokens.refresh());
                            tokens.device().refreshes(tokens.refresh()).is(200);
                        }),
                must(
                                "RF-08",
                                "A client with a secret has to authenticate to refresh",
                                "RFC 6749 §6")
                        .needs(Need.APPROVER, Need.CONFIDENTIAL_CLIENT)
                        .judged(scene -> {
                            var tokens = confidential(scene);
                            for (var stranger : strangers(scene)) {
                                scene.device(stranger)
                                        .refreshes(tokens.refresh())
                                        .isRefused()
                                        .hasNo("access_token");
                            }
                        }),
                wise(
                                "RF-08a",
                                "Who does not authenticate does not spend the refresh token",
                                "RFC 6749 §10.4")
                        .needs(Need.APPROVER, Need.CONFIDENTIAL_CLIENT)
                        .judged(scene -> {
                            var tokens = confidential(scene);
                            strangers(scene)
                                    .forEach(one -> scene.device(one).refreshes(tokens.refresh()));
                            tokens.device().refreshes(tokens.refresh()).is(200);
                        }),
                must("RF-18", "An access token is no refresh token", "RFC 6749 §5.2, §6")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var tokens = scene.shared();
                            tokens.device()
                                    .refreshes(tokens.access())
                                    .isRefused()
                                    .hasNo("access_token");
                        }),
                must("RF-18a", "A refresh token is no access token", "RFC 6750 §3.1")
                        .needs(Need.APPROVER, Need.USERINFO)
                        .judged(scene ->
                                UserinfoCases.get(scene, scene.shared().refresh())
                                        .is(401, 400, 403)),
                should(
                                "RF-19",
                                "A refresh token missing or given twice is invalid_request",
                                "RFC 6749 §5.2")
                        .needs(Need.REFRESH)
                        .judged(scene -> {
                            scene.device()
                                    .asksTokens(Form.of("grant_type", "refresh_token"))
                                    .isError("invalid_request");
                            scene.device()
                                    .asksTokens(form("a").with("refresh_token", "a"))
                                    .isError("invalid_request");
                        }),
                must(
                                "RF-20",
                                "A malformed refresh token is refused without a fault",
                                "RFC 6749 §5.2")
                        .needs(Need.REFRESH)
                        .judged(scene -> {
                            for (var token :
                                    List.of(
                                            "x",
                                            "\u0000",
                                            "é",
                                            "a b",
                                            "' OR 1=1",
                                            "x".repeat(10_000),
                                            "eyJhbGciOiJub25lIn0.e30.")) {
                                scene.device().refreshes(token).isRefused();
                            }
                        }),
                must("RF-20a", "A refresh token counts to the letter", "RFC 6749 §10.4")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var tokens = scene.linked();
                            var token = tokens.refresh();
                            for (var near :
                                    List.of(token.substring(0, token.length() - 1), token + "A")) {
                                tokens.device().refreshes(near).isRefused().hasNo("access_token");
                            }
                            tokens.device().refreshes(token).is(200);
                        }));
    }

    private static Tokens confidential(Scene scene) {
        return scene.device(scene.confidential()).asks().isApproved().redeems();
    }

    /// The client with a secret, without it and with a wrong one.
    private static List<Client> strangers(Scene scene) {
        var client = scene.confidential();
        return List.of(
                Client.open(client.id()),
                new Client(client.id(), Optional.of("wrong"), client.secretInBody()));
    }

    /// A refresh token, so many times renewed.
    private record Chain(Tokens tokens, String newest) {
        static Chain of(Scene scene, int generations) {
            var tokens = scene.linked();
            var newest = tokens.refresh();
            for (int i = 0; i < generations; i++) {
                var answer = tokens.device().refreshes(newest).is(200);
                if (next(answer, tokens).equals(newest)) {
                    throw scene.skip("needs refresh tokens that rotate");
                }
                newest = next(answer, tokens);
            }
            return new Chain(tokens, newest);
        }
    }

    static String next(Answer answer, Tokens before) {
        return answer.find("refresh_token").orElseGet(before::refresh);
    }

    static Form form(String token) {
        return Form.of("grant_type", "refresh_token", "refresh_token", token);
    }
}
