package tandem.ledger;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tandem.scenario.Answer;
import tandem.scenario.Http;
import tandem.scenario.TestBrowser;
import tools.jackson.databind.json.JsonMapper;

/// One device and its person, from the codes to the unlinking, over a network that may fail at any
/// moment. It notes in the ledger what it is told.
final class Story implements Runnable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration SHORT_PATIENCE = Duration.ofSeconds(2);
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(10);
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    private final List<String> addresses;
    private final Random random;
    private final Queue<Page> ledger;
    private final Queue<String> breaches;
    private final BooleanSupplier goesOn;

    /// @param addresses of the nodes; each request goes to any
    /// @param breaches of the contract that show at once
    Story(
            List<String> addresses,
            long seed,
            Queue<Page> ledger,
            Queue<String> breaches,
            BooleanSupplier goesOn) {
        this.addresses = addresses;
        this.random = new Random(seed);
        this.ledger = ledger;
        this.breaches = breaches;
        this.goesOn = goesOn;
    }

    private Http node() {
        return new Http(addresses.get(random.nextInt(addresses.size())))
                .patient(random.nextInt(4) == 0 ? SHORT_PATIENCE : LONG_PATIENCE);
    }

    @Override
    public void run() {
        while (goesOn.getAsBoolean()) {
            var device = "TV/" + Long.toHexString(random.nextLong());
            var asked =
                    said(() ->
                            node().with("User-Agent", device)
                                    .post(
                                            "/oauth/device/code",
                                            "client_id",
                                            "tv",
                                            "scope",
                                            "openid offline_access"));
            if (asked.isPresent() && asked.get().status() == 200) {
                var page = new Page(device, asked.get().text("device_code"));
                ledger.add(page);
                live(page, asked.get().text("user_code"));
            } else {
                pause(100);
            }
        }
    }

    private void live(Page page, String userCode) {
        boolean eager = random.nextBoolean();
        var person = Thread.ofVirtual().start(() -> decide(page, userCode));
        while (eager && person.isAlive() && polls(page)) {
            pause(random.nextInt(20));
        }
        join(person);
        if (random.nextInt(4) == 0) {
            return; // the device was switched off; the code must keep what became of it
        }
        for (int i = 0; i < 4 && polls(page); i++) {
            pause(random.nextInt(200));
        }
        if (!page.links().isEmpty()) {
            use(page);
        }
    }

    private void decide(Page page, String userCode) {
        pause(random.nextInt(300));
        int fate = random.nextInt(10);
        if (fate < 7) {
            decide(page, userCode, "yes");
        } else if (fate < 9) {
            decide(page, userCode, "no");
        }
    }

    /// Tries until an answer to the very decision has come, or the code is not taken any more.
    private void decide(Page page, String userCode, String answer) {
        boolean yes = answer.equals("yes");
        for (int i = 0; i < 4 && goesOn.getAsBoolean(); i++) {
            try {
                var browser = new TestBrowser(node());
                browser.enters(userCode);
                if (yes && !browser.confirms().page().asks("/login")) {
                    return; // decided before, by a try whose answer was lost
                }
                maybe(page, yes);
                var last =
                        yes
                                ? browser.post(
                                        "/login",
                                        "email",
                                        "ada@example.com",
                                        "password",
                                        "correct-horse-battery")
                                : browser.post("/activate/confirm", "answer", "no");
                if (last.status() == 303 && last.location().contains("/activate/done")) {
                    page.decided(yes ? Page.Decision.APPROVED : Page.Decision.DENIED);
                    return;
                }
                page.write("deciding came to " + last.status() + " " + last.location());
            } catch (UncheckedIOException lost) {
                page.write("deciding was cut off: " + lost.getMessage());
            }
            pause(200);
        }
    }

    private static void maybe(Page page, boolean yes) {
        page.decided(yes ? Page.Decision.MAYBE_APPROVED : Page.Decision.MAYBE_DENIED);
    }

    /// Polls, now and then twice at once, which may be at two nodes. False when there is nothing
    /// left to poll for.
    private boolean polls(Page page) {
        if (!goesOn.getAsBoolean() || !page.links().isEmpty()) {
            return false;
        }
        if (random.nextInt(3) == 0) {
            var other = Thread.ofVirtual().start(() -> poll(page));
            poll(page);
            join(other);
        } else {
            poll(page);
        }
        return true;
    }

    private void poll(Page page) {
        var answer = said(() -> polling(node(), page));
        if (answer.isEmpty() || answer.get().status() >= 500) {
            page.maybeRedeemed();
        } else if (answer.get().status() == 200) {
            redeemed(page, answer.get());
        } else {
            page.write("a poll came to " + answer.get().error());
        }
    }

    static Answer polling(Http node, Page page) {
        return node.with("Prefer", "wait=1")
                .post(
                        "/oauth/token",
                        "grant_type",
                        GRANT,
                        "client_id",
                        "tv",
                        "device_code",
                        page.deviceCode());
    }

    static void redeemed(Page page, Answer answer) {
        var claims = answer.text("access_token").split("\\.", -1)[1];
        var link = JSON.readTree(Base64.getUrlDecoder().decode(claims)).path("sid").asString("");
        page.redeemed(link, answer.text("access_token"), answer.text("refresh_token"));
    }

    /// Refreshes as a device does: a lost answer is asked for again with the same token.
    private void use(Page page) {
        int times = random.nextInt(6);
        for (int i = 0; i < times && goesOn.getAsBoolean(); i++) {
            refresh(page);
            pause(random.nextInt(400));
        }
        if (random.nextInt(3) == 0) {
            unlink(page);
        }
    }

    private void refresh(Page page) {
        var answer = said(() -> refreshing(node(), page));
        if (answer.isEmpty() || answer.get().status() >= 500) {
            page.write("a refresh was not answered");
        } else if (answer.get().status() == 200) {
            page.refreshed(answer.get().text("access_token"), answer.get().text("refresh_token"));
        } else {
            page.write("a refresh came to " + answer.get().body());
            breaches.add("a device was logged out:\n    " + page);
        }
    }

    static Answer refreshing(Http node, Page page) {
        return node.post(
                "/oauth/token",
                "grant_type",
                "refresh_token",
                "client_id",
                "tv",
                "refresh_token",
                page.refreshToken());
    }

    private void unlink(Page page) {
        page.maybeUnlinked();
        var answer =
                said(() ->
                        node().post(
                                        "/oauth/revoke",
                                        "client_id",
                                        "tv",
                                        "token",
                                        page.refreshToken()));
        if (answer.filter(a -> a.status() == 200).isPresent()) {
            page.unlinked();
        }
    }

    /// Empty when no answer came.
    static Optional<Answer> said(java.util.function.Supplier<Answer> asks) {
        try {
            return Optional.of(asks.get());
        } catch (UncheckedIOException lost) {
            return Optional.empty();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }
}
