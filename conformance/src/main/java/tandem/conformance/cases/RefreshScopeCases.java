package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;

import java.util.List;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.suite.Tokens;
import tandem.conformance.wire.Answer;

/// RF: what a refresh may ask for (RFC 6749 §6): less, never more.
final class RefreshScopeCases {
    private RefreshScopeCases() {}

    static Stream<Case> all() {
        return scopes();
    }

    private static Stream<Case> scopes() {
        return Stream.of(
                must("RF-10", "A refresh never widens the scope", "RFC 6749 §6")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var tokens =
                                    scene.device()
                                            .asksWith(form -> form.set("scope", narrow(scene)))
                                            .isApproved()
                                            .redeems();
                            var answer =
                                    refresh(
                                            tokens,
                                            tokens.refresh(),
                                            "profile email " + narrow(scene) + " no:such:scope");
                            if (answer.isSuccess()) {
                                var granted = Scopes.of(tokens.scope().orElse(narrow(scene)));
                                var told = Scopes.of(answer.find("scope").orElse(narrow(scene)));
                                answer.expect(
                                        granted.containsAll(told),
                                        "no more than " + granted,
                                        told.toString());
                            } else {
                                answer.isError("invalid_scope", "invalid_request");
                            }
                        }),
                should(
                                "RF-10a",
                                "A refused wish for more does not spend the refresh token",
                                "RFC 6749 §6")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var tokens = scene.linked();
                            if (refresh(tokens, tokens.refresh(), "no:such:scope").isSuccess()) {
                                throw scene.skip("needs a server that refuses a wider scope");
                            }
                            tokens.device().refreshes(tokens.refresh()).is(200);
                        }),
                must("RF-09", "A refresh may ask for less", "RFC 6749 §6")
                        .needs(Need.APPROVER, Need.OPENID)
                        .judged(scene -> {
                            var tokens = scene.linked();
                            var answer = refresh(tokens, tokens.refresh(), "openid").is(200);
                            answer.find("scope")
                                    .ifPresent(told ->
                                            answer.expect(
                                                    Scopes.of(tokens.scope().orElse(scene.scope()))
                                                            .containsAll(Scopes.of(told)),
                                                    "no more than asked",
                                                    told));
                        }),
                should("RF-09a", "The refresh after has the whole scope again", "RFC 6749 §6")
                        .needs(Need.APPROVER, Need.OPENID)
                        .judged(scene -> {
                            var tokens = scene.linked();
                            var narrow = refresh(tokens, tokens.refresh(), "openid").is(200);
                            var whole =
                                    tokens.device()
                                            .refreshes(RefreshCases.next(narrow, tokens))
                                            .is(200);
                            whole.find("scope")
                                    .ifPresent(told ->
                                            whole.expect(
                                                    Scopes.of(told)
                                                            .equals(
                                                                    Scopes.of(
                                                                            tokens.scope()
                                                                                    .orElse(told))),
                                                    "as granted at first",
                                                    told));
                        }),
                should(
                                "RF-27",
                                "A refresh for another API than granted brings nothing of it",
                                "RFC 8707 §2.2")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var tokens = scene.linked();
                            var other = "https://no-such-api.example/";
                            var answer =
                                    tokens.device()
                                            .asksTokens(
                                                    RefreshCases.form(tokens.refresh())
                                                            .with("resource", other));
                            if (answer.isSuccess()) {
                                var audience =
                                        Jwt.of(answer.text("access_token"))
                                                .map(Jwt::audience)
                                                .orElse(List.of());
                                answer.expect(
                                        !audience.contains(other),
                                        "the audience as granted",
                                        audience.toString());
                            } else {
                                answer.isError(
                                        "invalid_target", "invalid_request", "invalid_grant");
                            }
                        }));
    }

    /// `openid`, and what makes for a refresh token.
    private static String narrow(Scene scene) {
        return Scopes.of(scene.scope()).contains("offline_access")
                ? "openid offline_access"
                : "openid";
    }

    private static Answer refresh(Tokens tokens, String token, String scope) {
        return tokens.device().asksTokens(RefreshCases.form(token).with("scope", scope));
    }
}
