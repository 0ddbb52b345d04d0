package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tandem.conformance.person.Submission;
import tandem.conformance.person.Visitor;
import tandem.conformance.person.Wish;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Codes;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Request;

/// UC: forged approvals (RFC 9700 §4.7): nobody but the person, at the server's page, says yes.
///
/// Which page is the last one nobody knows beforehand. So on every page that asks for a yes, the
/// forged one goes first, and the device's poll must go on waiting.
final class ForgeryCases {
    private static final String EVIL = "https://evil.example";

    private ForgeryCases() {}

    static Stream<Case> all() {
        return Stream.concat(byOthers(), byFields());
    }

    private static Stream<Case> byOthers() {
        return Stream.of(
                forged(
                        should(
                                "UC-16",
                                "A yes that another site sends blindly approves nothing",
                                "RFC 6749 §10.12, RFC 9700 §4.7"),
                        (scene, codes, yes, visitor) ->
                                visitor.once(crossSite(blind(scene, codes, yes).request()))),
                forged(
                        must(
                                "UC-20",
                                "A yes without the browser's cookies approves nothing",
                                "RFC 9700 §4.7"),
                        (scene, codes, yes, visitor) -> scene.visitor().once(honest(yes))),
                forged(
                        must(
                                "UC-35",
                                "The page's address in another browser approves nothing",
                                "RFC 9700 §4.7"),
                        (scene, codes, yes, visitor) -> {
                            var other = scene.visitor();
                            other.opens(visitor.history().getLast().request().uri());
                            other.once(honest(yes));
                        }),
                forged(
                        must(
                                "UC-40",
                                "A yes by GET approves nothing",
                                "RFC 9110 §9.2.1, RFC 9700 §4.7"),
                        (scene, codes, yes, visitor) -> {
                            var bare = yes.action().toString().split("[?#]", 2)[0];
                            visitor.opens(URI.create(bare + "?" + yes.fields().encoded()));
                        }),
                forged(
                        must(
                                "UC-40a",
                                "A yes as plain text from another site approves nothing",
                                "RFC 9700 §4.7"),
                        (scene, codes, yes, visitor) -> {
                            var blind = blind(scene, codes, yes);
                            visitor.once(
                                    crossSite(
                                            Request.post(
                                                    blind.action(),
                                                    "text/plain",
                                                    blind.fields().encoded())));
                        }),
                forged(
                        wise(
                                "UC-19",
                                "A yes with all its fields from another site approves nothing",
                                "RFC 9700 §4.7, Fetch metadata"),
                        (scene, codes, yes, visitor) -> visitor.once(crossSite(yes.request()))));
    }

    private static Stream<Case> byFields() {
        return Stream.of(
                forged(
                        wise(
                                "UC-16a",
                                "A yes without its token approves nothing",
                                "RFC 9700 §4.7, OWASP ASVS 4.2.2"),
                        (scene, codes, yes, visitor) ->
                                tokens(yes)
                                        .forEach(
                                                token -> visitor.once(honest(token.without(yes))))),
                forged(
                        wise(
                                "UC-17",
                                "A yes with a token made up approves nothing",
                                "RFC 9700 §4.7, OWASP ASVS 4.2.2"),
                        (scene, codes, yes, visitor) ->
                                tokens(yes)
                                        .forEach(token ->
                                                visitor.once(
                                                        honest(
                                                                token.madeUp(
                                                                        yes, scene.madeUp()))))),
                forged(
                        wise(
                                "UC-17a",
                                "A yes with the token of another browser approves nothing",
                                "RFC 9700 §4.7, OWASP ASVS 4.2.2"),
                        (scene, codes, yes, visitor) -> {
                            var form = yes.fields();
                            for (var foreign : elsewhere(scene).fields().pairs()) {
                                if (Unknowable.isCalledToken(foreign.name())) {
                                    form = form.set(foreign.name(), foreign.value());
                                }
                            }
                            if (form.equals(yes.fields())) {
                                throw scene.skip("needs a token against forgery in the form");
                            }
                            visitor.once(honest(yes.with(form)));
                        }),
                should("CS-05", "Fields added to a yes widen nothing", "RFC 6749 §3.3, §10.2")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            UnaryOperator<Form> narrow = form -> form.set("scope", "openid");
                            var usual =
                                    scene.device()
                                            .asksWith(narrow)
                                            .isApproved()
                                            .redeems()
                                            .scope()
                                            .orElse("openid");
                            var device = scene.device().asksWith(narrow);
                            var visitor = scene.visitor();
                            var walk =
                                    scene.walk(
                                            visitor,
                                            device.codes(),
                                            device.codes().userCode(),
                                            Wish.ALLOW);
                            for (var yes = walk.toDecision();
                                    yes.isPresent();
                                    yes = walk.toDecision()) {
                                walk.goes(yes.get().with(widened(yes.get().fields())));
                            }
                            var answer = device.pollsToEnd();
                            if (answer.status() == 200) {
                                answer.find("scope")
                                        .ifPresent(scope ->
                                                answer.expect(
                                                        Scopes.of(usual)
                                                                .containsAll(Scopes.of(scope)),
                                                        usual,
                                                        scope));
                            } else {
                                answer.isRefused();
                            }
                        }));
    }

    private static Form widened(Form form) {
        return form.with("scope", "openid profile email offline_access")
                .with("scopes", "email")
                .with("scope[]", "email");
    }

    /// Says yes in a way that must not count.
    @FunctionalInterface
    private interface Forgery {
        void sends(Scene scene, Codes codes, Submission yes, Visitor visitor);
    }

    private static Case forged(Case.Draft draft, Forgery forgery) {
        return draft.needs(Need.PAGES)
                .judged(scene -> {
                    var visitor = signedIn(scene);
                    var device = scene.device().asks();
                    var walk =
                            scene.walk(
                                    visitor, device.codes(), device.codes().userCode(), Wish.ALLOW);
                    for (var yes = walk.toDecision(); yes.isPresent(); yes = walk.toDecision()) {
                        if (yes.get().post()) {
                            forgery.sends(scene, device.codes(), yes.get(), visitor);
                            var answer = device.pollsInTime();
                            answer.expect(
                                    answer.status() != 200,
                                    "no tokens after a forged yes at \""
                                            + walk.page().title()
                                            + "\"",
                                    answer.told());
                            if (!answer.waits()) {
                                return;
                            }
                        }
                        walk.goes(yes.get());
                    }
                });
    }

    /// A browser that has approved a device before: only one that is signed in is worth a forgery.
    private static Visitor signedIn(Scene scene) {
        var device = scene.device().asks();
        var visitor = scene.visitor();
        scene.walk(visitor, device.codes(), device.codes().userCode(), Wish.ALLOW).toEnd();
        device.pollsToEnd().is(200);
        return visitor;
    }

    /// The yes of another browser, to another device.
    private static Submission elsewhere(Scene scene) {
        var device = scene.device().asks();
        return scene.walk(scene.visitor(), device.codes(), device.codes().userCode(), Wish.ALLOW)
                .toDecision()
                .orElseThrow(() -> scene.skip("needs a page that asks for a decision"));
    }

    private static Request honest(Submission yes) {
        return Visitor.asBrowser(yes.request());
    }

    private static Request crossSite(Request request) {
        return request.with("Origin", EVIL)
                .with("Sec-Fetch-Site", "cross-site")
                .with("Referer", EVIL + "/");
    }

    private static List<Unknowable> tokens(Submission yes) {
        return Unknowable.tokens(yes).stream().filter(token -> !token.isNothing()).toList();
    }

    /// All that another site can send: what it knows from its own browser.
    private static Submission blind(Scene scene, Codes codes, Submission yes) {
        return Unknowable.of(yes, elsewhere(scene), codes).without(yes);
    }
}
