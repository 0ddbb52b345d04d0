package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tandem.conformance.person.Leaning;
import tandem.conformance.person.Page;
import tandem.conformance.person.Visitor;
import tandem.conformance.person.Wish;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Device;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;

/// UC: the page that asks for the decision (RFC 8628 §5.4, RFC 9700 §4.16).
final class DecisionPageCases {
    private DecisionPageCases() {}

    static Stream<Case> all() {
        return pages();
    }

    private static Stream<Case> pages() {
        return Stream.of(
                onDecision(
                        must(
                                "UC-23",
                                "The page of the decision cannot be framed",
                                "RFC 9700 §4.16, RFC 8628 §5.4"),
                        (scene, page) -> {
                            var policy =
                                    String.join(";", page.answer().all("Content-Security-Policy"));
                            var frame =
                                    page.answer()
                                            .header("X-Frame-Options")
                                            .orElse("")
                                            .toUpperCase(Locale.ROOT);
                            page.answer()
                                    .expect(
                                            policy.contains("frame-ancestors")
                                                    || frame.equals("DENY")
                                                    || frame.equals("SAMEORIGIN"),
                                            "frame-ancestors, or X-Frame-Options",
                                            policy);
                        }),
                onDecision(
                        wise(
                                "UC-23a",
                                "The page forbids inline scripts, guessing of types, and referrers to others",
                                "RFC 9700 §4.2.4, OWASP ASVS 14.4"),
                        (scene, page) -> {
                            var policy =
                                    String.join(";", page.answer().all("Content-Security-Policy"));
                            page.answer()
                                    .expect(
                                            !policy.isEmpty()
                                                    && !scriptPolicy(policy)
                                                            .contains("'unsafe-inline'"),
                                            "a Content-Security-Policy without unsafe-inline scripts",
                                            policy);
                            page.answer()
                                    .expect(
                                            page.answer()
                                                    .header("X-Content-Type-Options")
                                                    .orElse("")
                                                    .equals("nosniff"),
                                            "nosniff",
                                            "none");
                            var referrer = page.answer().header("Referrer-Policy").orElse("");
                            page.answer()
                                    .expect(
                                            List.of(
                                                            "no-referrer",
                                                            "same-origin",
                                                            "strict-origin",
                                                            "strict-origin-when-cross-origin")
                                                    .contains(referrer),
                                            "a Referrer-Policy",
                                            referrer);
                        }),
                onDecision(
                        wise(
                                "UC-23b",
                                "The page of the decision is not stored by caches",
                                "RFC 9111 §5.2.2.5"),
                        (scene, page) -> page.answer().isNotStored()),
                onDecision(
                        wise(
                                "UC-36",
                                "The page loads nothing from elsewhere",
                                "RFC 8628 §5.7, RFC 9700 §4.2.4"),
                        (scene, page) ->
                                page.document()
                                        .select(
                                                "script[src], img[src], link[rel=stylesheet], iframe[src]")
                                        .forEach(element -> {
                                            var uri =
                                                    element.absUrl(
                                                            element.hasAttr("src")
                                                                    ? "src"
                                                                    : "href");
                                            page.answer()
                                                    .expect(
                                                            uri.isEmpty()
                                                                    || uri.startsWith("data:")
                                                                    || uri.contains(
                                                                            "//"
                                                                                    + page.uri()
                                                                                            .getAuthority()
                                                                                    + "/"),
                                                            "only resources of its own",
                                                            uri);
                                        })),
                onDecision(
                        should(
                                "UC-37",
                                "The page names the app that asks",
                                "RFC 8628 §5.4, RFC 6749 §3.1"),
                        (scene, page) ->
                                page.answer()
                                        .expect(
                                                page.text().length() > 20,
                                                "words about the request",
                                                page.text())),
                wise(
                                "UC-37a",
                                "On the way, the person sees the code to compare it",
                                "RFC 8628 §3.3.1, §5.4")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var device = scene.device().asks();
                            var page = decision(scene, device, scene.visitor());
                            var letters =
                                    DeviceAuthorizationCases.letters(device.codes().userCode());
                            page.answer()
                                    .expect(
                                            DeviceAuthorizationCases.letters(page.text())
                                                    .contains(letters),
                                            "the code on the page",
                                            page.title());
                        }),
                onDecision(
                        wise(
                                "UC-38",
                                "No stands beside yes, and yes is not pressed by a stray Enter",
                                "RFC 8628 §5.4, RFC 10027"),
                        (scene, page) -> {
                            var all = page.submissions();
                            page.answer()
                                    .expect(
                                            all.stream()
                                                            .anyMatch(one ->
                                                                    one.leaning() == Leaning.NO)
                                                    || page.refusingLink().isPresent(),
                                            "a way to refuse",
                                            page.title());
                            page.answer()
                                    .expect(
                                            page.document()
                                                    .select(
                                                            "button[autofocus], input[type=submit][autofocus]")
                                                    .isEmpty(),
                                            "no focus on a button",
                                            "autofocus");
                        }),
                wise(
                                "UC-24",
                                "The session's cookie is hidden from scripts",
                                "OWASP ASVS 3.4, RFC 6265 §4.1.2")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var visitor = scene.visitor();
                            DecisionCases.approves(scene, scene.device().asks(), visitor);
                            visitor.losesHiddenCookies();
                            var device = scene.device().asks();
                            LoginCases.asksLogin(scene, device, visitor);
                            var answer = device.polls();
                            answer.expect(
                                    answer.waits(),
                                    "nobody signed in by the cookies that scripts see",
                                    answer.told());
                        }),
                wise("UC-24a", "Cookies are SameSite, and Secure on https", "OWASP ASVS 3.4")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var visitor = scene.visitor();
                            DecisionCases.approves(scene, scene.device().asks(), visitor);
                            visitor.history()
                                    .forEach(answer ->
                                            answer.all("Set-Cookie")
                                                    .forEach(line -> {
                                                        var small = line.toLowerCase(Locale.ROOT);
                                                        answer.expect(
                                                                small.contains("samesite="),
                                                                "SameSite",
                                                                line.split("=", 2)[0]);
                                                        answer.expect(
                                                                !scene.has(Need.TLS)
                                                                        || small.contains("secure"),
                                                                "Secure",
                                                                line.split("=", 2)[0]);
                                                    }));
                        }),
                wise(
                                "UC-45",
                                "The last page is the server's own, and says that all is done",
                                "RFC 8628 §3.3, RFC 9700 §4.11")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var device = scene.device().asks();
                            var visitor = scene.visitor();
                            var end =
                                    scene.walk(
                                                    visitor,
                                                    device.codes(),
                                                    device.codes().userCode(),
                                                    Wish.ALLOW)
                                            .toEnd();
                            end.answer().is(200);
                            end.answer()
                                    .expect(
                                            end.uri()
                                                    .getAuthority()
                                                    .equals(device.codes().page().getAuthority()),
                                            "a page of the server's",
                                            end.uri().toString());
                        }));
    }

    /// Judges the first page that asks for a decision.
    @FunctionalInterface
    private interface PageCheck {
        void judge(Scene scene, Page page);
    }

    private static Case onDecision(Case.Draft draft, PageCheck check) {
        return draft.needs(Need.PAGES)
                .judged(scene ->
                        check.judge(
                                scene, decision(scene, scene.device().asks(), scene.visitor())));
    }

    private static Page decision(Scene scene, Device device, Visitor visitor) {
        var walk = scene.walk(visitor, device.codes(), device.codes().userCode(), Wish.ALLOW);
        var _ =
                walk.toDecision()
                        .orElseThrow(() -> scene.skip("needs a page that asks for a decision"));
        return walk.page();
    }

    private static String scriptPolicy(String policy) {
        return Stream.of(policy.split(";"))
                .map(String::strip)
                .filter(part -> part.startsWith("script-src"))
                .findFirst()
                .orElseGet(() ->
                        Stream.of(policy.split(";"))
                                .map(String::strip)
                                .filter(part -> part.startsWith("default-src"))
                                .findFirst()
                                .orElse(""));
    }
}
