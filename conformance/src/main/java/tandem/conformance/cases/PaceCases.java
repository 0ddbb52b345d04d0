package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.time.Duration;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Device;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;

/// TK: waiting (RFC 8628 §3.5): pending, the pace, the end of a code's life.
///
/// The specification lets a server choose whether it enforces the interval at all: that it does is
/// WISE. That it leaves those alone who keep it is more than wise.
final class PaceCases {
    private static final Duration BIT = Duration.ofMillis(1_500);
    private static final Duration SLOWER = Duration.ofSeconds(5);

    /// Servers count in whole seconds, and the suite may come late.
    private static final Duration ROUGHLY = Duration.ofMillis(2_500);

    private static final Duration LONG_LIFETIME = Duration.ofSeconds(40);
    private static final int HASTY_POLLS = 4;
    private static final int PATIENT_POLLS = 4;

    private PaceCases() {}

    static Stream<Case> all() {
        return Stream.of(pending(), pace(), lifetime()).flatMap(cases -> cases);
    }

    private static Stream<Case> pending() {
        return Stream.of(
                must(
                                "TK-01",
                                "Until a decision, polls in time are authorization_pending",
                                "RFC 8628 §3.5")
                        .judged(scene -> {
                            var device = scene.device().asks();
                            device.polls().isPending();
                            device.pollsInTime().isPending();
                        }),
                should("TK-02", "The first poll may come at once", "RFC 8628 §3.2, §3.5")
                        .judged(scene -> scene.device().asks().polls().isPending()),
                must(
                                "TK-03a",
                                "A poll too soon is slow_down or authorization_pending, nothing else",
                                "RFC 8628 §3.5")
                        .judged(scene -> {
                            var device = scene.device().asks();
                            device.polls();
                            device.polls().isWaiting();
                        }),
                should(
                                "TK-44",
                                "Who keeps the interval is never told slow_down",
                                "RFC 8628 §3.2, §3.5")
                        .judged(scene -> {
                            var device = scene.device().asks();
                            for (int polls = 0; polls < PATIENT_POLLS; polls++) {
                                device.pollsInTime().isPending();
                            }
                        }),
                wise(
                                "TK-52",
                                "A wish to wait for the answer is granted or ignored",
                                "RFC 7240 §2, §4.3")
                        .judged(scene -> {
                            var device = scene.device().asks();
                            var request =
                                    device.client().signs(scene.tokenRequest(), device.pollForm());
                            scene.send(request.with("Prefer", "wait=1")).isWaiting();
                        }),
                wise("TK-53", "A poll with a scope is answered as one without", "RFC 8628 §3.4")
                        .judged(scene ->
                                scene.device()
                                        .asks()
                                        .pollsWith(form -> form.with("scope", "openid"))
                                        .isPending()),
                wise(
                                "TK-54",
                                "A poll that prefers text/html is answered in JSON",
                                "RFC 8628 §3.5, RFC 6749 §5.2")
                        .judged(scene -> {
                            var device = scene.device().asks();
                            var request =
                                    device.client().signs(scene.tokenRequest(), device.pollForm());
                            scene.send(request.with("Accept", "text/html, application/json;q=0.5"))
                                    .isPending()
                                    .isJson();
                        }));
    }

    private static Stream<Case> pace() {
        return Stream.of(
                wise("TK-03", "A poll too soon is slow_down", "RFC 8628 §3.5")
                        .judged(scene -> {
                            var device = scene.device().asks();
                            device.polls();
                            device.polls().isError("slow_down");
                        }),
                should(
                                "TK-04",
                                "Who slows down by five seconds is not told so again",
                                "RFC 8628 §3.5")
                        .judged(scene -> {
                            var device = hasty(scene);
                            device.pollsInTime().isPending();
                            device.pollsInTime().isPending();
                        }),
                wise("TK-04a", "The interval has grown for good", "RFC 8628 §3.5")
                        .judged(scene -> {
                            var device = hasty(scene);
                            device.pollsInTime().isPending();
                            scene.pauses(device.codes().interval().plus(BIT));
                            device.polls().isError("slow_down");
                        }),
                wise(
                                "TK-05",
                                "An interval told with slow_down is the old one and five seconds",
                                "RFC 8628 §3.5")
                        .judged(scene -> {
                            var device = scene.device().asks();
                            device.polls();
                            var answer = device.polls();
                            if (!answer.error().equals("slow_down") || !answer.has("interval")) {
                                throw scene.skip("needs a slow_down with an interval");
                            }
                            long wanted = device.codes().interval().plus(SLOWER).toSeconds();
                            answer.expect(
                                    answer.positive("interval") == wanted,
                                    wanted + " s",
                                    answer.positive("interval") + " s");
                        }),
                should("TK-07", "Hasty polls do not kill the request", "RFC 8628 §3.5")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var device = scene.device().asks();
                            for (int polls = 0; polls < HASTY_POLLS; polls++) {
                                device.polls();
                            }
                            device.isApproved();
                            device.pollsToEnd().is(200);
                        }),
                must("TK-08", "One device's haste does not slow another", "RFC 8628 §3.5")
                        .judged(scene -> {
                            var hasty = scene.device().asks();
                            var other = scene.device().asks();
                            for (int polls = 0; polls < HASTY_POLLS; polls++) {
                                hasty.polls();
                            }
                            other.polls().isPending();
                            hasty.polls();
                            other.pollsInTime().isPending();
                        }),
                must(
                                "TK-55",
                                "Approved, a device that keeps its pace has its tokens at the next poll",
                                "RFC 8628 §3.5")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var device = scene.device().asks();
                            device.polls().isPending();
                            device.isApproved();
                            device.pollsInTime().is(200);
                        }));
    }

    /// A device that was told to slow down. Servers that do not mind haste are passed over.
    private static Device hasty(Scene scene) {
        var device = scene.device().asks();
        device.polls();
        if (!device.polls().error().equals("slow_down")) {
            throw scene.skip("needs a server that enforces the interval (TK-03)");
        }
        return device;
    }

    private static Stream<Case> lifetime() {
        return Stream.of(
                must(
                                "TK-28",
                                "A code that nobody approved in time is expired_token",
                                "RFC 8628 §3.5")
                        .needs(Need.SHORT_LIFETIME)
                        .judged(scene -> {
                            var device = brief(scene);
                            device.pollsInTime().isPending();
                            device.pausesUntil(device.codes().lifetime().plus(BIT));
                            device.pollsInTime()
                                    .isError("expired_token", "invalid_grant")
                                    .hasNo("access_token");
                        }),
                should(
                                "TK-28a",
                                "It is expired_token by name, so that the device may ask anew",
                                "RFC 8628 §3.5")
                        .needs(Need.SHORT_LIFETIME)
                        .judged(scene -> {
                            var device = brief(scene);
                            device.pausesUntil(device.codes().lifetime().plus(BIT));
                            device.pollsInTime().isError("expired_token");
                        }),
                must(
                                "TK-29",
                                "A code approved in time is not redeemed after its end",
                                "RFC 8628 §3.2, §3.5")
                        .needs(Need.SHORT_LIFETIME, Need.APPROVER)
                        .judged(scene -> {
                            var device = brief(scene).isApproved();
                            device.pausesUntil(device.codes().lifetime().plus(BIT));
                            device.pollsInTime().isRefused().hasNo("access_token");
                        }),
                must("TK-30", "Until its end a code can be redeemed", "RFC 8628 §3.2, §3.5")
                        .needs(Need.SHORT_LIFETIME, Need.APPROVER)
                        .judged(scene -> {
                            var device = brief(scene).isApproved();
                            device.pausesUntil(device.codes().lifetime().minus(ROUGHLY));
                            device.polls().is(200);
                        }));
    }

    private static Device brief(Scene scene) {
        var device = scene.shortLived().asks();
        if (device.codes().lifetime().compareTo(LONG_LIFETIME) > 0) {
            throw scene.skip(
                    "needs a client whose codes live at most " + LONG_LIFETIME.toSeconds() + " s");
        }
        return device;
    }
}
