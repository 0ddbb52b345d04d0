package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.util.Locale;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import tandem.conformance.person.Page;
import tandem.conformance.person.Wish;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Codes;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;

/// UC: the user code and how it is typed (RFC 8628 §3.3, §6.1).
final class UserCodeCases {
    private UserCodeCases() {}

    static Stream<Case> all() {
        return Stream.of(page(), typing(), complete()).flatMap(cases -> cases);
    }

    private static Stream<Case> page() {
        return Stream.of(
                must("UC-01", "At the verification address stands a page", "RFC 8628 §3.3")
                        .judged(scene -> {
                            var page = scene.visitor().opens(scene.device().asks().codes().page());
                            page.answer().is(200);
                            page.answer()
                                    .expect(
                                            page.answer().type().equals("text/html"),
                                            "text/html",
                                            page.answer().type());
                        }),
                wise("UC-01a", "The page is not stored by caches", "RFC 9111 §5.2.2.5")
                        .judged(scene ->
                                scene.visitor()
                                        .opens(scene.device().asks().codes().page())
                                        .answer()
                                        .isNotStored()),
                wise("UC-01b", "The page says its language and its charset", "WCAG 2.2 §3.1.1")
                        .judged(scene -> {
                            var page = scene.visitor().opens(scene.device().asks().codes().page());
                            var type =
                                    page.answer()
                                            .header("Content-Type")
                                            .orElse("")
                                            .toLowerCase(Locale.ROOT);
                            page.answer()
                                    .expect(
                                            type.contains("charset=utf-8")
                                                    || !page.document()
                                                            .select("meta[charset]")
                                                            .isEmpty(),
                                            "charset utf-8",
                                            type);
                            page.answer()
                                    .expect(
                                            !page.document().select("html[lang]").isEmpty(),
                                            "lang",
                                            "none");
                        }),
                wise("UC-43", "The field for the code has a label", "WCAG 2.2 §1.3.1, §4.1.2")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var page = codePage(scene, scene.device().asks().codes());
                            var field =
                                    page.document()
                                            .select(
                                                    "input[name=\""
                                                            + codeField(scene, page)
                                                            + "\"]")
                                            .first();
                            page.answer()
                                    .expect(
                                            field != null
                                                    && (field.hasAttr("aria-label")
                                                            || field.hasAttr("aria-labelledby")
                                                            || field.hasAttr("title")
                                                            || !page.document()
                                                                    .select(
                                                                            "label[for=\""
                                                                                    + field.id()
                                                                                    + "\"]")
                                                                    .isEmpty()
                                                            || field.closest("label") != null),
                                            "a label",
                                            String.valueOf(field));
                        }));
    }

    private static Stream<Case> typing() {
        return Stream.of(
                typed(
                        must("UC-02", "The code is taken as it was given", "RFC 8628 §3.3"),
                        code -> code),
                typed(
                        should(
                                "UC-02a",
                                "The code is taken without its punctuation",
                                "RFC 8628 §6.1"),
                        DeviceAuthorizationCases::letters),
                typed(
                        should("UC-02b", "The code is taken in the other case", "RFC 8628 §6.1"),
                        UserCodeCases::otherCase),
                typed(
                        should(
                                "UC-02c",
                                "The code is taken with blanks around and within",
                                "RFC 8628 §6.1"),
                        code -> "  " + String.join(" ", code.split("")) + " "),
                typed(
                        wise("UC-02d", "The code is taken with other punctuation", "RFC 8628 §6.1"),
                        code -> code.replaceAll("[^A-Za-z0-9]", ".") + "."),
                must(
                                "UC-06",
                                "A code that nobody was given leads nowhere, without a fault",
                                "RFC 8628 §5.1")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var codes = scene.device().asks().codes();
                            var page =
                                    People.triesAll(
                                            scene, codes, reversed(codes.userCode()), Wish.ALLOW);
                            page.answer().isNoFault();
                        }));
    }

    private static Case typed(Case.Draft draft, java.util.function.UnaryOperator<String> spelling) {
        return draft.needs(Need.PAGES)
                .judged(scene -> {
                    var device = scene.device().asks();
                    var spelled = spelling.apply(device.codes().userCode());
                    var page = People.triesAll(scene, device.codes(), spelled, Wish.ALLOW);
                    var answer = device.pollsToEnd();
                    page.answer()
                            .expect(
                                    answer.status() == 200,
                                    "tokens after typing \"" + spelled + "\"",
                                    answer.told());
                });
    }

    private static Stream<Case> complete() {
        return Stream.of(
                must(
                                "UC-14",
                                "Opening the complete address approves nothing",
                                "RFC 8628 §3.3.1, §5.4")
                        .judged(scene -> {
                            var device = scene.device().asks();
                            var uri =
                                    device.codes()
                                            .pageWithCode()
                                            .orElseThrow(() ->
                                                    scene.skip("needs verification_uri_complete"));
                            scene.visitor().opens(uri).answer().isNoFault();
                            device.polls().isWaiting();
                        }),
                should(
                                "UC-14a",
                                "The complete address leads to the page where a person decides",
                                "RFC 8628 §3.3.1")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var device = scene.device().asks();
                            var uri =
                                    device.codes()
                                            .pageWithCode()
                                            .orElseThrow(() ->
                                                    scene.skip("needs verification_uri_complete"));
                            var visitor = scene.visitor();
                            scene.walk(
                                            visitor,
                                            visitor.opens(uri),
                                            device.codes().userCode(),
                                            Wish.ALLOW)
                                    .toEnd();
                            device.pollsToEnd().is(200);
                        }),
                should(
                                "UC-14b",
                                "Who came by the complete address is shown the code to compare",
                                "RFC 8628 §3.3.1")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var device = scene.device().asks();
                            var uri =
                                    device.codes()
                                            .pageWithCode()
                                            .orElseThrow(() ->
                                                    scene.skip("needs verification_uri_complete"));
                            var visitor = scene.visitor();
                            var first = visitor.opens(uri);
                            scene.walk(visitor, first, device.codes().userCode(), Wish.ALLOW)
                                    .toDecision();
                            var letters =
                                    DeviceAuthorizationCases.letters(device.codes().userCode());
                            var seen =
                                    visitor.history().stream()
                                            .anyMatch(answer ->
                                                    DeviceAuthorizationCases.letters(
                                                                            Jsoup.parse(
                                                                                            answer
                                                                                                    .body())
                                                                                    .text())
                                                                    .contains(letters)
                                                            || Jsoup.parse(answer.body())
                                                                    .select(
                                                                            "input:not([type=hidden])")
                                                                    .stream()
                                                                    .anyMatch(field ->
                                                                            DeviceAuthorizationCases
                                                                                    .letters(
                                                                                            field
                                                                                                    .attr(
                                                                                                            "value"))
                                                                                    .contains(
                                                                                            letters)));
                            first.answer().expect(seen, "the user code on a page", "it is on none");
                        }),
                must(
                                "UC-39",
                                "A person who is signed in still has to say yes to a second device",
                                "RFC 8628 §3.3.1, §5.4")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var visitor = scene.visitor();
                            var first = scene.device().asks();
                            scene.walk(visitor, first.codes(), first.codes().userCode(), Wish.ALLOW)
                                    .toEnd();
                            first.pollsToEnd().is(200);
                            var second = scene.device().asks();
                            visitor.opens(
                                            second.codes()
                                                    .pageWithCode()
                                                    .orElseGet(second.codes()::page))
                                    .answer()
                                    .isNoFault();
                            second.polls().isWaiting();
                        }),
                must(
                                "UC-48",
                                "The same browser can approve one device after the other",
                                "RFC 8628 §3.3")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var visitor = scene.visitor();
                            for (int i = 0; i < 2; i++) {
                                var device = scene.device().asks();
                                scene.walk(
                                                visitor,
                                                device.codes(),
                                                device.codes().userCode(),
                                                Wish.ALLOW)
                                        .toEnd();
                                device.pollsToEnd().is(200);
                            }
                        }));
    }

    static Page codePage(Scene scene, Codes codes) {
        var page = scene.visitor().opens(codes.page());
        page.answer().is(200);
        return page;
    }

    static String codeField(Scene scene, Page page) {
        return page.submissions().stream()
                .map(one -> one.codeField())
                .filter(field -> !field.isEmpty())
                .findFirst()
                .orElseThrow(() -> scene.skip("needs a page that asks for the code"));
    }

    static String reversed(String code) {
        return new StringBuilder(code).reverse().toString();
    }

    private static String otherCase(String code) {
        var lower = code.toLowerCase(Locale.ROOT);
        return lower.equals(code) ? code.toUpperCase(Locale.ROOT) : lower;
    }
}
