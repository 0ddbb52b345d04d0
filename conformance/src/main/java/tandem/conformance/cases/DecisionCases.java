package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;

import java.util.List;
import java.util.stream.Stream;
import tandem.conformance.person.Submission;
import tandem.conformance.person.Visitor;
import tandem.conformance.person.Wish;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Device;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Request;

/// UC: the decision (RFC 8628 §3.3, §5.4): the page that asks for it, and what comes after.
final class DecisionCases {
    private DecisionCases() {}

    static Stream<Case> all() {
        return Stream.concat(twice(), redirects());
    }

    private static Stream<Case> twice() {
        return Stream.of(
                must("UC-32", "To say yes again changes nothing, and is no fault", "RFC 8628 §3.3")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var device = scene.device().asks();
                            var visitor = scene.visitor();
                            var last = approves(scene, device, visitor);
                            visitor.sends(last).answer().isNoFault();
                            device.pollsToEnd().is(200);
                            visitor.sends(last).answer().isNoFault();
                            device.pollsInTime().isRefused();
                        }),
                must(
                                "UC-33",
                                "After a yes, a no in another tab changes nothing, or wins before the tokens",
                                "RFC 8628 §3.3, §3.5")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var device = scene.device().asks();
                            var codes = device.codes();
                            device.isApproved();
                            People.triesAll(scene, codes, Wish.DENY).answer().isNoFault();
                            var answer = device.pollsToEnd();
                            answer.expect(
                                    answer.status() == 200
                                            || answer.error().equals("access_denied"),
                                    "tokens, or access_denied",
                                    answer.told());
                        }),
                must("UC-02e", "A no is a no: access_denied, and no tokens", "RFC 8628 §3.5")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var device = scene.device().asks();
                            People.triesAll(scene, device.codes(), Wish.DENY);
                            device.pollsToEnd().isError("access_denied").hasNo("access_token");
                        }));
    }

    private static Stream<Case> redirects() {
        return Stream.of(
                must(
                                "UC-31",
                                "After a form with a password, a redirect does not send it on",
                                "RFC 9700 §4.12")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var visitor = scene.visitor();
                            approves(scene, scene.device().asks(), visitor);
                            visitor.history().stream()
                                    .filter(answer -> answer.request().method().equals("POST"))
                                    .forEach(answer ->
                                            answer.expect(
                                                    answer.status() != 307
                                                            && answer.status() != 308,
                                                    "303 or 302",
                                                    answer.told()));
                        }),
                must(
                                "UC-30",
                                "The page for the code redirects to no foreign address",
                                "RFC 9700 §4.11")
                        .judged(scene -> {
                            var page = scene.device().asks().codes().page();
                            for (var name :
                                    List.of(
                                            "return_to",
                                            "next",
                                            "redirect",
                                            "redirect_uri",
                                            "continue",
                                            "url")) {
                                for (var target :
                                        List.of(
                                                "https://evil.example/",
                                                "//evil.example",
                                                "/\\evil.example",
                                                "/%09/evil.example")) {
                                    var answer =
                                            scene.send(
                                                    Request.get(
                                                                    java.net.URI.create(
                                                                            page
                                                                                    + "?"
                                                                                    + Form.of(
                                                                                                    name,
                                                                                                    target)
                                                                                            .encoded()))
                                                            .with("Accept", "text/html"));
                                    var location =
                                            answer.header("Location")
                                                    .map(to ->
                                                            String.valueOf(
                                                                    java.net
                                                                            .URI
                                                                            .create(
                                                                                    to
                                                                                            .split(
                                                                                                    "\\?",
                                                                                                    2)[
                                                                                            0]
                                                                                            .replace(
                                                                                                    '\\',
                                                                                                    '/'))
                                                                            .getAuthority()))
                                                    .orElse("");
                                    answer.expect(
                                            !location.contains("evil"),
                                            "no redirect elsewhere",
                                            location);
                                }
                            }
                        }));
    }

    /// Goes all the way, and returns the last yes.
    static Submission approves(Scene scene, Device device, Visitor visitor) {
        var walk = scene.walk(visitor, device.codes(), device.codes().userCode(), Wish.ALLOW);
        var last =
                walk.toDecision()
                        .orElseThrow(() -> scene.skip("needs a page that asks for a decision"));
        for (var yes = walk.toDecision(); yes.isPresent(); yes = walk.toDecision()) {
            last = yes.get();
            walk.goes(last);
        }
        return last;
    }
}
