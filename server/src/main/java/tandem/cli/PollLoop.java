package tandem.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Polls at the server's pace until the code is decided or has run out.
///
/// Nothing but the code's lifetime ends the attempts: a server may restart, a laptop may sleep, a
/// train may pass a tunnel.
record PollLoop(DeviceClient client, InstantSource clock, Sleeper sleeper, RandomGenerator random) {

    /// Time left for a poll that was put off nearly to the end of the code's life.
    private static final Duration LAST_CALL = Duration.ofSeconds(1);

    /// Told what happens while waiting.
    interface Watcher {

        void pending(Duration interval);

        void slowedDown(Duration interval);

        void retrying(String reason, Duration wait);
    }

    /// Waits for the end.
    ///
    /// @return how it ended: never pending, slower or unreachable
    Answer decide(Codes codes, Watcher watcher) throws InterruptedException {
        Pace pace = Pace.starting(codes.interval());
        Duration wait = pace.wait(random);
        while (pause(wait, pace, codes.expiresAt())) {
            Answer answer = client.poll(codes);
            switch (answer) {
                case Answer.Pending _ -> pace = pace.pending();
                case Answer.SlowDown slower -> pace = pace.slowed(slower);
                case Answer.Unreachable lost -> pace = pace.missed(lost.retryAfter());
                case Answer.Linked _, Answer.Denied _, Answer.Expired _, Answer.Failed _ -> {
                    return answer;
                }
            }
            wait = pace.wait(random);
            tell(watcher, answer, pace, wait);
        }
        return new Answer.Expired();
    }

    private static void tell(Watcher watcher, Answer answer, Pace pace, Duration wait) {
        if (answer instanceof Answer.SlowDown) {
            watcher.slowedDown(pace.interval());
        } else if (answer instanceof Answer.Unreachable lost) {
            watcher.retrying(lost.reason(), wait);
        } else {
            watcher.pending(pace.interval());
        }
    }

    /// Waits for the next poll; false once the code has run out. A long back-off is cut short for
    /// one last poll
    private boolean pause(Duration wait, Pace pace, Instant deadline) throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("polling");
        }
        Duration left = Duration.between(clock.instant(), deadline);
        Duration latest = left.minus(LAST_CALL);
        if (latest.compareTo(pace.least()) < 0) {
            sleeper.sleep(left.isPositive() ? left : Duration.ZERO);
            return false;
        }
        sleeper.sleep(wait.compareTo(latest) <= 0 ? wait : latest);
        return true;
    }
}
