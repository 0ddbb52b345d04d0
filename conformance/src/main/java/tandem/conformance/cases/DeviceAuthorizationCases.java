package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.net.URI;
import java.util.HashSet;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;

/// DA: the device authorization endpoint (RFC 8628 §3.1, §3.2): what it gives, and what it ignores.
final class DeviceAuthorizationCases {
    private static final int SAMPLE = 30;
    private static final int SHORT_URI = 60;
    private static final int COMMON_START = 6;

    private DeviceAuthorizationCases() {}

    static Stream<Case> all() {
        return Stream.concat(answers(), secrets());
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
