package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.wise;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import tandem.conformance.person.Page;
import tandem.conformance.person.Wish;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Codes;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Form;

/// UC: codes that are wrong, used up or hostile (RFC 8628 §5.1).
final class WrongCodeCases {
    private WrongCodeCases() {}

    static Stream<Case> all() {
        return wrong();
    }

    private static Stream<Case> wrong() {
        return Stream.of(
                must("UC-07", "An expired code cannot be approved", "RFC 8628 §3.2, §3.5")
                        .needs(Need.PAGES, Need.SHORT_LIFETIME)
                        .judged(scene -> {
                            var device = scene.shortLived().asks();
                            device.pausesUntil(device.codes().lifetime().plusSeconds(1));
                            People.triesAll(scene, device.codes(), Wish.ALLOW).answer().isNoFault();
                            device.pollsToEnd().isRefused().hasNo("access_token");
                        }),
                must("UC-08", "A redeemed code leads nowhere", "RFC 8628 §3.3")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var device = scene.linked().device();
                            People.triesAll(scene, device.codes(), Wish.ALLOW).answer().isNoFault();
                            device.pollsInTime().isRefused().hasNo("access_token");
                        }),
                wise(
                                "UC-08a",
                                "To a stranger, a redeemed code looks like an unknown one",
                                "RFC 8628 §5.1")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var codes = scene.linked().device().codes();
                            var used = afterCode(scene, codes, codes.userCode());
                            var unknown =
                                    afterCode(
                                            scene, codes, UserCodeCases.reversed(codes.userCode()));
                            used.answer()
                                    .expect(
                                            used.answer().status() == unknown.answer().status()
                                                    && words(used, codes)
                                                            .equals(words(unknown, codes)),
                                            "as for an unknown code: " + unknown.title(),
                                            used.title());
                        }),
                must(
                                "UC-27",
                                "A hostile code is shown harmless, if at all",
                                "OWASP ASVS 5.3, RFC 9700 §4")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var codes = scene.device().asks().codes();
                            for (var hostile :
                                    List.of(
                                            "\"><script>alert(1)</script>",
                                            "'><img src=x onerror=alert(1)>",
                                            "{{7*7}}",
                                            "\u0000",
                                            "x".repeat(10_000))) {
                                var page = afterCode(scene, codes, hostile);
                                page.answer().isNoFault();
                                harmless(page);
                                harmless(scene.visitor().opens(withCode(codes, hostile)));
                            }
                        }),
                must("UC-41", "A code of 1 MB does no harm", "RFC 9110 §15.5.14")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var codes = scene.device().asks().codes();
                            try {
                                afterCode(scene, codes, "B".repeat(1 << 20)).answer().isNoFault();
                            } catch (tandem.conformance.wire.Unmet e) {
                                if (e.answer().isPresent()) {
                                    throw e;
                                }
                            }
                            UserCodeCases.codePage(scene, codes);
                        }),
                must("UC-42", "Two codes at once do no harm", "RFC 8628 §3.3")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var codes = scene.device().asks().codes();
                            var visitor = scene.visitor();
                            var walk = scene.walk(visitor, codes, codes.userCode(), Wish.ALLOW);
                            var next =
                                    walk.next()
                                            .orElseThrow(() ->
                                                    scene.skip(
                                                            "needs a page that asks for the code"));
                            var field = UserCodeCases.codeField(scene, walk.page());
                            visitor.sends(next.with(next.fields().with(field, "BBBB-BBBB")))
                                    .answer()
                                    .isNoFault();
                        }));
    }

    private static URI withCode(Codes codes, String code) {
        return URI.create(codes.page() + "?" + Form.of("user_code", code).encoded());
    }

    private static void harmless(Page page) {
        page.answer().isNoFault();
        page.answer()
                .expect(
                        page.document().select("img[onerror]").isEmpty(),
                        "no foreign element",
                        "img onerror");
        page.answer()
                .expect(
                        page.document().select("script").stream()
                                .noneMatch(script -> script.data().contains("alert(1)")),
                        "no foreign script",
                        "the script");
        page.answer()
                .expect(
                        !page.text().contains("49")
                                || page.text().contains("{{7*7}}")
                                || !page.answer().request().body().contains("7*7"),
                        "no evaluation",
                        "49");
    }

    /// The page that follows the code.
    private static Page afterCode(Scene scene, Codes codes, String typed) {
        var visitor = scene.visitor();
        var walk = scene.walk(visitor, codes, typed, Wish.ALLOW);
        for (int steps = 0; steps < 3; steps++) {
            var next =
                    walk.next()
                            .orElseThrow(() -> scene.skip("needs a page that asks for the code"));
            walk.goes(next);
            if (!next.codeField().isEmpty()) {
                return walk.page();
            }
        }
        throw scene.skip("needs a page that asks for the code");
    }

    /// The words of a page without the code that was typed.
    private static String words(Page page, Codes codes) {
        return page.text()
                .replace(codes.userCode(), "")
                .replace(UserCodeCases.reversed(codes.userCode()), "")
                .replaceAll("[A-Z0-9]{4,}", "");
    }
}
