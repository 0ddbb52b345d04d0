package tandem.outside;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import tandem.scenario.Answer;
import tandem.scenario.TestBrowser;
import tandem.scenario.TestDevice;

/// Devices that live: each asks for a code, polls, is approved by its owner, refreshes, is
/// unlinked, and begins anew.
final class Crowd implements AutoCloseable {
    /// An owner may have 200 links with one app.
    private static final int DEVICES_OF_AN_OWNER = 100;

    private static final int OWNERS_AT_ONCE = 8;
    private static final int POLLS_MAX = 60;
    private static final int REFRESHES = 5;
    private static final int FAILURES_KEPT = 20;

    private final TandemProcess tandem;
    private final int devices;
    private final Duration cycle;
    private final Map<Integer, TestBrowser> owners = new ConcurrentHashMap<>();
    private final Semaphore ownersAtOnce = new Semaphore(OWNERS_AT_ONCE);
    private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
    private final AtomicLong lives = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @param cycle how long a device lives, from its code until it is unlinked
    Crowd(TandemProcess tandem, int devices, Duration cycle) {
        this.tandem = tandem;
        this.devices = devices;
        this.cycle = cycle;
    }

    /// The owners, as elements of the list of users.
    static String users(int devices) {
        var users = new StringBuilder();
        for (int i = 0; i <= devices / DEVICES_OF_AN_OWNER; i++) {
            users.append(
                    "  - { email: %s, name: Owner, password: %s }\n"
                            .formatted(email(i), TandemProcess.PASSWORD));
        }
        return users.toString();
    }

    void start() {
        for (int i = 0; i < devices; i++) {
            int number = i;
            threads.execute(() -> live(number));
        }
    }

    /// How long requests took since this was asked last, in microseconds, ascending.
    List<Long> latencies() {
        var taken = new ArrayList<Long>();
        for (var next = micros.poll(); next != null; next = micros.poll()) {
            taken.add(next);
        }
        taken.sort(null);
        return taken;
    }

    /// How many devices were unlinked.
    long lives() {
        return lives.get();
    }

    long failures() {
        return failures.get();
    }

    /// The first failures.
    List<String> told() {
        return List.copyOf(told);
    }

    static String email(int owner) {
        return "owner" + owner + "@example.com";
    }

    private void live(int number) {
        var random = new Random(number);
        try {
            rests(random.nextDouble());
            while (true) {
                try {
                    liveOnce(number, random);
                } catch (UncheckedIOException | IllegalStateException e) {
                    failed(String.valueOf(e));
                    rests(0.05);
                }
            }
        } catch (InterruptedException e) {
            // the end
        }
    }

    private void liveOnce(int number, Random random) throws InterruptedException {
        var device = timed(() -> tandem.device("tv"));
        expect(device.codes(), 200);
        for (int i = 0; i < 5; i++) {
            rests(0.02 * (0.5 + random.nextDouble()));
            expect(timed(device::polls), 400);
        }
        approve(device, number / DEVICES_OF_AN_OWNER);
        var answer = timed(device::polls);
        for (int polls = 0; answer.status() == 400 && polls < POLLS_MAX; polls++) {
            rests(0.02);
            answer = timed(device::polls);
        }
        expect(answer, 200);
        for (int i = 0; i < REFRESHES; i++) {
            rests(0.3 * random.nextDouble());
            expect(timed(device::refreshes), 200);
        }
        expect(timed(() -> device.revokes(device.refreshToken())), 200);
        lives.incrementAndGet();
    }

    /// Nobody does two things at once in one browser.
    private void approve(TestDevice device, int owner) throws InterruptedException {
        ownersAtOnce.acquire();
        try {
            var browser = owners.computeIfAbsent(owner, id -> tandem.browser());
            synchronized (browser) {
                browser.approves(device, email(owner), TandemProcess.PASSWORD);
            }
        } finally {
            ownersAtOnce.release();
        }
    }

    private <T> T timed(Supplier<T> request) {
        long begin = System.nanoTime();
        var result = request.get();
        micros.add((System.nanoTime() - begin) / 1000);
        return result;
    }

    private void expect(Answer answer, int status) {
        if (answer.status() != status) {
            failed(answer.status() + " " + answer.body());
        }
    }

    private void failed(String what) {
        if (failures.incrementAndGet() <= FAILURES_KEPT) {
            told.add(what);
        }
    }

    private void rests(double share) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep((long) (cycle.toMillis() * share));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
