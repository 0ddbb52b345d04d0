package tandem.ledger;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tandem.scenario.Answer;
import tandem.scenario.Http;

/// Holds a healed server to every fact of the ledger.
final class Checker {

    private static final int AT_ONCE = 8;
    private static final int TRIES_MAX = 60;

    private final List<Http> nodes;
    private final Queue<String> breaches = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turn = new AtomicInteger();

    Checker(List<Http> nodes) {
        this.nodes = nodes;
    }

    List<String> breaches(Iterable<Page> ledger) {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (var page : ledger) {
                threads.execute(() -> check(page));
            }
        }
        try {
            events(ledger);
        } catch (RuntimeException fault) {
            breaches.add("the events could not be read: " + fault);
        }
        return List.copyOf(breaches);
    }

    private void check(Page page) {
        try {
            code(page);
            link(page);
        } catch (RuntimeException fault) {
            breach("could not be checked: " + fault, page);
        }
    }

    private Http node() {
        return nodes.get(turn.getAndIncrement() % nodes.size());
    }

    private void breach(String what, Page page) {
        breaches.add(what + ":\n    " + page);
    }

    /// What the code may come to, by what is known of it.
    private void code(Page page) {
        var answer = poll(page);
        var came = came(answer);
        page.write("checked: a poll comes to " + came);
        if (!possible(page).contains(came)) {
            breach("a code came to " + came + ", not to one of " + possible(page), page);
        }
        if (answer.status() == 200) {
            Story.redeemed(page, answer);
        } else if (came.equals("invalid_grant")) {
            page.isSpent();
        }
        if (page.links().size() > 1) {
            breach("redeemed more than once", page);
        }
        if (answer.status() == 200 && !poll(page).error().equals("invalid_grant")) {
            breach("redeemed, and not spent", page);
        }
    }

    private static String came(Answer answer) {
        if (answer.status() == 200) {
            return "tokens";
        }
        // Slowing down is a way of pending: RFC 8628 §3.5.
        return answer.error().equals("slow_down") ? "authorization_pending" : answer.error();
    }

    private static Set<String> possible(Page page) {
        if (!page.links().isEmpty()) {
            return Set.of("invalid_grant");
        }
        return switch (page.decision()) {
            case NONE -> Set.of("authorization_pending");
            case MAYBE_APPROVED ->
                    page.mayHaveBeenRedeemed()
                            ? Set.of("authorization_pending", "tokens", "invalid_grant")
                            : Set.of("authorization_pending", "tokens");
            case APPROVED ->
                    page.mayHaveBeenRedeemed()
                            ? Set.of("tokens", "invalid_grant")
                            : Set.of("tokens");
            case MAYBE_DENIED -> Set.of("authorization_pending", "access_denied");
            case DENIED -> Set.of("access_denied");
        };
    }

    private Answer poll(Page page) {
        return answered(() -> {
            var answer = Story.polling(node(), page);
            if (answer.status() == 503) {
                page.maybeRedeemed();
            }
            return answer;
        });
    }

    /// A healed server may still be busy, and says so: whoever is told 503 asks again.
    static Answer answered(Supplier<Answer> asks) {
        var answer = asks.get();
        for (int i = 0; i < TRIES_MAX && answer.status() == 503; i++) {
            LockSupport.parkNanos(500_000_000);
            answer = asks.get();
        }
        return answer;
    }

    private void link(Page page) {
        if (page.links().isEmpty()) {
            return;
        }
        int userinfo = answered(() -> node().bearer(page.accessToken()).get("/userinfo")).status();
        var answer = answered(() -> Story.refreshing(node(), page));
        page.write("checked: userinfo " + userinfo + ", refresh " + answer.status());
        if (page.isUnlinked()) {
            if (answer.status() == 200 || userinfo != 401) {
                breach("unlinked, and alive", page);
            }
        } else if (!page.mayBeUnlinked() && answer.status() != 200) {
            breach("linked, and logged out", page);
        }
    }

    private void events(Iterable<Page> ledger) {
        var log = Log.of(node());
        for (var page : ledger) {
            log.breach(page).ifPresent(what -> breach(what, page));
        }
    }
}
