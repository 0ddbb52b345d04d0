package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.wise;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tandem.conformance.person.Page;
import tandem.conformance.person.Person;
import tandem.conformance.person.Submission;
import tandem.conformance.person.Visitor;
import tandem.conformance.person.Walk;
import tandem.conformance.person.Wish;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Device;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Answer;

/// LG: signing in on the way (RFC 8628 §3.3: how is left to the server; that it is done well is
/// not).
final class LoginCases {
    private LoginCases() {}

    static Stream<Case> all() {
        return Stream.of(
                must("LG-01", "Nobody approves without signing in", "RFC 8628 §3.3, RFC 6749 §3.1")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var device = scene.device().asks();
                            var walk = toLogin(scene, device, scene.visitor());
                            device.polls().isWaiting();
                            walk.page().answer().isNoFault();
                        }),
                must("LG-01a", "A wrong password signs nobody in", "RFC 6749 §3.1")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var device = scene.device().asks();
                            wrong(scene, device, scene.person().user()).answer().isNoFault();
                            device.pollsInTime().isWaiting();
                        }),
                wise(
                                "LG-02",
                                "A wrong password and an unknown person are answered alike",
                                "OWASP ASVS 2.2.2")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var unknown =
                                    "nobody-" + scene.madeUp().substring(0, 8) + "@example.com";
                            var known = wrong(scene, scene.device().asks(), scene.person().user());
                            var other = wrong(scene, scene.device().asks(), unknown);
                            other.answer()
                                    .expect(
                                            other.answer().status() == known.answer().status()
                                                    && words(other).equals(words(known)),
                                            "the same page: " + words(known),
                                            words(other));
                        }),
                wise(
                                "LG-09",
                                "A login that another site sends blindly signs nobody in",
                                "RFC 9700 §4.7")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var device = scene.device().asks();
                            var visitor = scene.visitor();
                            var walk = toLogin(scene, device, visitor);
                            var login = walk.next().orElseThrow();
                            var blind = scene.visitor();
                            blind.once(
                                    login.request()
                                            .with("Origin", "https://evil.example")
                                            .with("Sec-Fetch-Site", "cross-site"));
                            var page = blind.opens(device.codes().page());
                            page.answer().isNoFault();
                            scene.expect(
                                    asksLogin(scene, scene.device().asks(), blind),
                                    "the login to be asked again",
                                    "a session");
                        }),
                must("LG-14", "A hostile name does no harm", "OWASP ASVS 5.3")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            for (var name :
                                    new String[] {
                                        "\u0000",
                                        "a\r\nb",
                                        "x".repeat(10_000),
                                        "' OR '1'='1",
                                        "<script>alert(1)</script>"
                                    }) {
                                var page = wrong(scene, scene.device().asks(), name);
                                page.answer().isNoFault();
                                page.answer()
                                        .expect(
                                                page.document().select("script").stream()
                                                        .noneMatch(script ->
                                                                script.data().contains("alert(1)")),
                                                "no foreign script",
                                                "the script");
                            }
                        }),
                must("LG-12", "A password of 1 MB does no harm", "RFC 9110 §15.5.14")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var walk = toLogin(scene, scene.device().asks(), scene.visitor());
                            var login = walk.next().orElseThrow();
                            try {
                                scene.send(
                                                Visitor.asBrowser(
                                                        login.with(
                                                                        login.fields()
                                                                                .set(
                                                                                        login
                                                                                                .passwordField(),
                                                                                        "x"
                                                                                                .repeat(
                                                                                                        1
                                                                                                                << 20)))
                                                                .request()))
                                        .isNoFault();
                            } catch (tandem.conformance.wire.Unmet e) {
                                if (e.answer().isPresent()) {
                                    throw e;
                                }
                            }
                            scene.device().asks();
                        }),
                wise(
                                "UC-25",
                                "Signing in gives the browser another session",
                                "OWASP ASVS 3.2.1, RFC 9700 §4")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var visitor = scene.visitor();
                            var walk = toLogin(scene, scene.device().asks(), visitor);
                            var before = cookies(visitor.history());
                            walk.toEnd();
                            var after = cookies(visitor.history());
                            walk.page()
                                    .answer()
                                    .expect(
                                            !before.containsAll(after),
                                            "a cookie of another value after the login",
                                            "none");
                        }));
    }

    /// The cookies that were set, as `name=value`.
    private static Set<String> cookies(List<Answer> history) {
        return history.stream()
                .flatMap(answer -> answer.all("Set-Cookie").stream())
                .map(cookie -> cookie.split(";", 2)[0])
                .collect(Collectors.toSet());
    }

    /// Follows a person up to where the password is asked.
    private static Walk toLogin(Scene scene, Device device, Visitor visitor) {
        return toLogin(scene, device, visitor, scene.person());
    }

    private static Walk toLogin(Scene scene, Device device, Visitor visitor, Person person) {
        var walk =
                new Walk(
                        visitor,
                        person,
                        visitor.opens(device.codes().page()),
                        device.codes().userCode(),
                        Wish.ALLOW);
        for (var next = walk.next(); next.isPresent(); next = walk.next()) {
            if (!next.get().passwordField().isEmpty()) {
                return walk;
            }
            walk.goes(next.get());
        }
        throw scene.skip("needs a page that asks for a password");
    }

    /// Goes as far as a person gets without a password; says whether one was asked for.
    static boolean asksLogin(Scene scene, Device device, Visitor visitor) {
        var walk =
                new Walk(
                        visitor,
                        scene.person(),
                        visitor.opens(device.codes().page()),
                        device.codes().userCode(),
                        Wish.ALLOW);
        for (var next = walk.next(); next.isPresent(); next = walk.next()) {
            if (!next.get().passwordField().isEmpty()) {
                return true;
            }
            walk.goes(next.get());
        }
        return false;
    }

    private static Page wrong(Scene scene, Device device, String name) {
        var walk =
                toLogin(
                        scene,
                        device,
                        scene.visitor(),
                        new Person(name, "wrong-" + scene.madeUp().substring(0, 8)));
        Submission login = walk.next().orElseThrow();
        walk.goes(login);
        return walk.page();
    }

    /// Without what differs from one try to the next.
    private static String words(Page page) {
        return page.text().replaceAll("[A-Z0-9]{4}-?[A-Z0-9]{4}", "").replaceAll("\\d+", "");
    }
}
