package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.net.URI;
import java.util.HashSet;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Form;

/// DA: the device authorization endpoint (RFC 8628 §3.1, §3.2): what it gives, and what it ignores.
final class DeviceAuthorizationCases {
    private static final int SAMPLE = 30;
    private static final int SHORT_URI = 60;
    private static final int COMMON_START = 6;

    private DeviceAuthorizationCases() {}

    static Stream<Case> all() {
        return Stream.of(answers(), secrets(), parameters()).flatMap(cases -> cases);
    }

    private static Stream<Case> answers() {
        return Stream.of(
                must(
                                "DA-01",
                                "Codes come with status 200 as JSON, with all that is required",
                                "RFC 8628 §3.2")
                        .judged(scene -> {
                            var answer = scene.device().tries(form -> form).is(200).isJson();
                            answer.text("device_code");
                            answer.text("user_code");
                            answer.text("verification_uri");
                            answer.expect(answer.has("expires_in"), "expires_in", answer.told());
                        }),
                should(
                                "DA-01a",
                                "expires_in and interval are JSON numbers above zero",
                                "RFC 8628 §3.2, RFC 6749 §5.1")
                        .judged(scene -> {
                            var answer = scene.device().asks().codes().answer();
                            answer.positive("expires_in");
                            if (answer.has("interval")) {
                                answer.positive("interval");
                            }
                        }),
                should(
                                "DA-01b",
                                "Codes are not to be stored by caches",
                                "RFC 8628 §3.2, RFC 6749 §5.1")
                        .judged(scene -> scene.device().tries(form -> form).is(200).isNotStored()),
                wise("DA-01c", "Nothing optional is null or empty", "RFC 8628 §3.2")
                        .judged(scene -> {
                            var answer = scene.device().asks().codes().answer();
                            answer.json()
                                    .properties()
                                    .forEach(member ->
                                            answer.expect(
                                                    !member.getValue().isNull()
                                                            && !member.getValue()
                                                                    .asString("-")
                                                                    .isEmpty(),
                                                    "a value for \"" + member.getKey() + "\"",
                                                    member.getValue().toString()));
                        }),
                must(
                                "DA-02",
                                "The verification address is absolute and safe to open",
                                "RFC 8628 §3.2, §3.3")
                        .judged(scene -> {
                            var codes = scene.device().asks().codes();
                            var uri = codes.page();
                            codes.answer()
                                    .expect(
                                            isHttps(uri) || isLoopback(uri),
                                            "an https address",
                                            uri.toString());
                            codes.answer()
                                    .expect(
                                            uri.getFragment() == null,
                                            "no fragment",
                                            uri.toString());
                        }),
                should(
                                "DA-02a",
                                "The verification address is short enough to be typed",
                                "RFC 8628 §3.2, §3.3")
                        .judged(scene -> {
                            var codes = scene.device().asks().codes();
                            var typed = codes.page().toString();
                            codes.answer()
                                    .expect(
                                            typed.length() <= SHORT_URI,
                                            "at most " + SHORT_URI + " characters",
                                            typed.length() + ": " + typed);
                        }),
                wise(
                                "DA-46",
                                "A code lives 1 to 30 minutes, and the interval is 1 to 30 seconds",
                                "RFC 8628 §3.2, §6.1")
                        .judged(scene -> {
                            var codes = scene.device().asks().codes();
                            long lifetime = codes.lifetime().toSeconds();
                            long interval = codes.interval().toSeconds();
                            codes.answer()
                                    .expect(
                                            lifetime >= 60 && lifetime <= 1800,
                                            "60 to 1800 s",
                                            lifetime + " s");
                            codes.answer()
                                    .expect(
                                            interval >= 1 && interval <= 30,
                                            "1 to 30 s",
                                            interval + " s");
                        }),
                should(
                                "DA-47",
                                "The complete address carries the user code",
                                "RFC 8628 §3.2, §3.3.1")
                        .judged(scene -> {
                            var codes = scene.device().asks().codes();
                            var complete =
                                    codes.pageWithCode()
                                            .orElseThrow(() ->
                                                    scene.skip("needs verification_uri_complete"));
                            codes.answer()
                                    .expect(
                                            letters(complete.toString())
                                                    .contains(letters(codes.userCode())),
                                            "the user code in the address",
                                            complete.toString());
                            codes.answer()
                                    .expect(
                                            !complete.toString().contains(codes.deviceCode()),
                                            "no device code in the address",
                                            "the device code");
                        }));
    }

    private static Stream<Case> secrets() {
        return Stream.of(
                should(
                                "DA-03",
                                "User codes are made of letters or digits that are easy to type",
                                "RFC 8628 §6.1")
                        .judged(scene -> {
                            var codes = scene.device().asks().codes();
                            var plain = letters(codes.userCode());
                            codes.answer()
                                    .expect(
                                            plain.matches("[A-Z]+|[a-z]+|[0-9]+|[A-Z0-9]+"),
                                            "one case of letters, or digits",
                                            codes.userCode());
                        }),
                should(
                                "DA-03a",
                                "A user code has entropy enough: as many as 6 letters of base 20",
                                "RFC 8628 §5.1, §6.1")
                        .judged(scene -> {
                            var codes = scene.device().asks().codes();
                            var plain = letters(codes.userCode());
                            var digits = plain.matches("[0-9]+");
                            codes.answer()
                                    .expect(
                                            plain.length() >= (digits ? 8 : 6),
                                            "at least 6 letters or 8 digits",
                                            codes.userCode());
                        }),
                must(
                                "DA-03b",
                                "No two live requests have a user code or a device code in common",
                                "RFC 8628 §3.2, §5.1")
                        .judged(scene -> {
                            var user = new HashSet<String>();
                            var device = new HashSet<String>();
                            for (int i = 0; i < SAMPLE; i++) {
                                var codes = scene.device().asks().codes();
                                scene.expect(
                                        user.add(letters(codes.userCode())),
                                        "a new user code",
                                        codes.userCode());
                                scene.expect(
                                        device.add(codes.deviceCode()),
                                        "a new device code",
                                        "the same again");
                            }
                        }),
                must(
                                "DA-04",
                                "A device code has so much entropy that it cannot be guessed",
                                "RFC 8628 §5.2")
                        .judged(scene -> {
                            var one = scene.device().asks().codes();
                            var two = scene.device().asks().codes();
                            one.answer()
                                    .expect(
                                            one.deviceCode().length() >= 20,
                                            "20 characters or more",
                                            one.deviceCode().length() + "");
                            one.answer()
                                    .expect(
                                            !one.deviceCode().equals(two.deviceCode()),
                                            "another code",
                                            "the same");
                            one.answer()
                                    .expect(
                                            !letters(one.deviceCode())
                                                    .contains(letters(one.userCode())),
                                            "nothing of the user code in it",
                                            "the user code");
                        }),
                wise("DA-04a", "Device codes do not begin alike", "RFC 8628 §5.2")
                        .judged(scene -> {
                            var one = scene.device().asks().codes();
                            var two = scene.device().asks().codes().deviceCode();
                            one.answer()
                                    .expect(
                                            common(one.deviceCode(), two) <= COMMON_START,
                                            "at most " + COMMON_START + " characters in common",
                                            common(one.deviceCode(), two) + "");
                        }));
    }

    private static Stream<Case> parameters() {
        return Stream.of(
                must(
                                "DA-05",
                                "A request without scope gets codes or invalid_scope",
                                "RFC 8628 §3.1, RFC 6749 §3.3")
                        .judged(scene ->
                                codesOr(scene, form -> form.without("scope"), "invalid_scope")),
                must("DA-06", "An empty scope counts as none", "RFC 8628 §3.1")
                        .judged(scene -> {
                            var without = scene.device().tries(form -> form.without("scope"));
                            var empty = scene.device().tries(form -> form.set("scope", ""));
                            empty.expect(
                                    empty.status() == without.status()
                                            && empty.error().equals(without.error()),
                                    "as without scope: " + without.told(),
                                    empty.told());
                        }),
                should(
                                "DA-07",
                                "A scope that nobody knows is invalid_scope, or left out",
                                "RFC 6749 §3.3, §5.2")
                        .judged(scene ->
                                codesOr(
                                        scene,
                                        form -> form.set("scope", "openid no:such:scope"),
                                        "invalid_scope")),
                should(
                                "DA-08",
                                "A scope with characters that none may have is refused",
                                "RFC 6749 §3.3, §A.4")
                        .judged(scene -> {
                            for (var scope :
                                    new String[] {
                                        "openid \"", "openid \\", "openid \u0007", "openid é"
                                    }) {
                                var answer = scene.device().tries(form -> form.set("scope", scope));
                                if (answer.status() != 200) {
                                    answer.isError("invalid_scope", "invalid_request");
                                }
                            }
                        }),
                must("DA-09", "A parameter given twice is refused: scope", "RFC 8628 §3.1")
                        .judged(scene ->
                                scene.device()
                                        .tries(form ->
                                                form.set("scope", "openid")
                                                        .with("scope", "profile"))
                                        .isError("invalid_request")),
                must("DA-10", "A parameter given twice is refused: client_id", "RFC 8628 §3.1")
                        .judged(scene -> {
                            var id = scene.roles().device().id();
                            scene.device()
                                    .tries(form -> form.with("client_id", id).with("client_id", id))
                                    .isError("invalid_request", "invalid_client");
                            scene.device()
                                    .tries(form ->
                                            form.with("client_id", id).with("client_id", "other"))
                                    .isError("invalid_request", "invalid_client");
                        }),
                must("DA-31", "Unknown parameters are ignored", "RFC 8628 §3.1")
                        .judged(scene ->
                                scene.device()
                                        .tries(form ->
                                                form.with("foo", "1")
                                                        .with("no_such_parameter", "x"))
                                        .is(200)),
                should(
                                "DA-31a",
                                "Parameters of other flows are ignored: response_type, redirect_uri, state",
                                "RFC 8628 §3.1")
                        .judged(scene ->
                                scene.device()
                                        .tries(form ->
                                                form.with("response_type", "token")
                                                        .with("state", "abc")
                                                        .with(
                                                                "redirect_uri",
                                                                "https://client.example/cb"))
                                        .is(200)),
                wise("DA-31b", "An unknown parameter may even come twice", "RFC 8628 §3.1")
                        .judged(scene ->
                                scene.device()
                                        .tries(form -> form.with("foo", "1").with("foo", "2"))
                                        .is(200)),
                should(
                                "DA-37",
                                "An API that nobody knows is invalid_target, or ignored",
                                "RFC 8707 §2")
                        .judged(scene ->
                                codesOr(
                                        scene,
                                        form ->
                                                form.set(
                                                        "resource", "https://no-such-api.example/"),
                                        "invalid_target",
                                        "invalid_request")),
                should(
                                "DA-37a",
                                "A resource that is no absolute address is invalid_target, or ignored",
                                "RFC 8707 §2")
                        .judged(scene ->
                                codesOr(
                                        scene,
                                        form -> form.set("resource", "/relative#fragment"),
                                        "invalid_target",
                                        "invalid_request")),
                must("DA-38", "resource is the one parameter that may come twice", "RFC 8707 §2")
                        .needs(Need.API)
                        .judged(scene -> {
                            var api = scene.roles().api().orElseThrow();
                            var once =
                                    scene.device()
                                            .tries(form ->
                                                    form.without("audience").set("resource", api));
                            if (once.status() != 200) {
                                throw scene.skip("needs support of resource (RFC 8707)");
                            }
                            var twice =
                                    scene.device()
                                            .tries(form ->
                                                    form.without("audience")
                                                            .set("resource", api)
                                                            .with("resource", api));
                            twice.expect(
                                    twice.status() == 200 || twice.error().equals("invalid_target"),
                                    "codes, or invalid_target",
                                    twice.told());
                        }),
                must(
                                "DA-49",
                                "openid is a scope like others in this flow",
                                "OpenID Connect Core §3.1.2.1, RFC 8628 §3.1")
                        .needs(Need.OPENID)
                        .judged(scene ->
                                scene.device().tries(form -> form.set("scope", "openid")).is(200)),
                must(
                                "DA-13",
                                "A client without the device grant is unauthorized_client",
                                "RFC 6749 §5.2")
                        .needs(Need.UNGRANTED_CLIENT)
                        .judged(scene ->
                                scene.device(scene.roles().ungranted().orElseThrow())
                                        .tries(form -> form)
                                        .isError("unauthorized_client")),
                must(
                                "DA-51",
                                "The code that was given is one that the token endpoint knows",
                                "RFC 8628 §3.2, §3.4")
                        .judged(scene -> scene.device().asks().polls().isWaiting()),
                wise(
                                "DA-52",
                                "A hint, a language, a wish for authentication are taken or ignored",
                                "RFC 8628 §3.1, OpenID Connect Core §3.1.2.1")
                        .judged(scene ->
                                scene.device()
                                        .tries(form ->
                                                form.with("login_hint", "somebody@example.com")
                                                        .with("ui_locales", "de en")
                                                        .with("acr_values", "0"))
                                        .is(200)),
                must(
                                "DA-53",
                                "A repeated request gives a new code and leaves the old one alone",
                                "RFC 8628 §3.1, §3.2")
                        .judged(scene -> {
                            var first = scene.device().asks();
                            scene.device().asks();
                            first.polls().isWaiting();
                        }));
    }

    /// Either 200 with codes, or this refusal: both are allowed, a fault is not.
    private static void codesOr(
            Scene scene, java.util.function.UnaryOperator<Form> change, String... errors) {
        var answer = scene.device().tries(change);
        if (answer.status() == 200) {
            answer.text("device_code");
        } else {
            answer.isError(errors);
        }
    }

    static String letters(String code) {
        return code.replaceAll("[^A-Za-z0-9]", "");
    }

    private static int common(String a, String b) {
        int n = 0;
        while (n < Math.min(a.length(), b.length()) && a.charAt(n) == b.charAt(n)) {
            n++;
        }
        return n;
    }

    private static boolean isHttps(URI uri) {
        return "https".equals(uri.getScheme()) && uri.getHost() != null;
    }

    /// Only there nobody can listen.
    static boolean isLoopback(URI uri) {
        var host = uri.getHost();
        return "http".equals(uri.getScheme())
                && host != null
                && (host.equals("localhost")
                        || host.endsWith(".localhost")
                        || host.startsWith("127.")
                        || host.equals("[::1]"));
    }
}
