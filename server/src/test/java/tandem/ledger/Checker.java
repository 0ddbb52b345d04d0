package tandem.ledger;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tandem.scenario.Answer;
import tandem.scenario.Http;
import tools.jackson.databind.JsonNode;

/// Holds a healed server to every fact of the ledger.
final class Checker {

    private static final int TAKE = 100;

    private final List<Http> nodes;
    private final Queue<String> breaches = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turn = new AtomicInteger();

    Checker(List<Http> nodes) {
        this.nodes = nodes;
    }

    List<String> breaches(Iterable<Page> ledger) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var page : ledger) {
                threads.execute(() -> check(page));
            }
        }
        events(ledger);
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
        var came = answer.status() == 200 ? "tokens" : answer.error();
        page.write("checked: a poll comes to " + came);
        if (!possible(page).contains(came)) {
            breach("a code came to " + came + ", not to one of " + possible(page), page);
        }
        if (answer.status() == 200) {
            Story.redeemed(page, answer);
        }
        if (page.links().size() > 1) {
            breach("redeemed more than once", page);
        }
        if (answer.status() == 200 && !poll(page).error().equals("invalid_grant")) {
            breach("redeemed, and not spent", page);
        }
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
        return node().with("Prefer", "wait=1")
                .post(
                        "/oauth/token",
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "client_id",
                        "tv",
                        "device_code",
                        page.deviceCode());
    }

    private void link(Page page) {
        if (page.links().isEmpty()) {
            return;
        }
        var userinfo = node().bearer(page.accessToken()).get("/userinfo").status();
        var answer = Story.refreshing(node(), page);
        page.write("checked: userinfo " + userinfo + ", refresh " + answer.status());
        if (page.isUnlinked()) {
            if (answer.status() == 200 || userinfo != 401) {
                breach("unlinked, and alive", page);
            }
        } else if (!page.mayBeUnlinked() && answer.status() != 200) {
            breach("linked, and logged out", page);
        }
    }

    /// Every fact has its event, once, and in order.
    private void events(Iterable<Page> ledger) {
        Map<String, List<JsonNode>> byLink =
                logged().stream()
                        .collect(
                                groupingBy(
                                        event -> event.path("device_credential_id").asString("")));
        for (var page : ledger) {
            for (var link : page.links()) {
                var told =
                        byLink.getOrDefault(link, List.of()).stream()
                                .map(event -> event.path("event").asString(""))
                                .toList();
                page.write("checked: events " + told);
                long refreshed = told.stream().filter("link.refreshed"::equals).count();
                boolean begins =
                        told.size() >= 2
                                && told.get(0).equals("device.redeemed")
                                && told.get(1).equals("link.created");
                long ended = told.stream().filter("link.ended"::equals).count();
                boolean ends = ended == 0 || told.getLast().equals("link.ended");
                boolean endedAsKnown =
                        page.isUnlinked() ? ended == 1 : ended <= (page.mayBeUnlinked() ? 1 : 0);
                if (!begins || !ends || !endedAsKnown || refreshed < page.refreshes()) {
                    breach("events are missing or out of order", page);
                }
                if (told.stream().filter("link.created"::equals).count() != 1) {
                    breach("not created once", page);
                }
            }
        }
    }

    private List<JsonNode> logged() {
        var token =
                node().post(
                                "/oauth/token",
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                "ops",
                                "client_secret",
                                "a-long-secret",
                                "audience",
                                Trial.ISSUER + "/api/v2/")
                        .text("access_token");
        var events = new ArrayList<JsonNode>();
        long from = 0;
        for (boolean more = true; more; ) {
            var answer = node().bearer(token).get("/api/v2/logs?from=" + from + "&take=" + TAKE);
            int before = events.size();
            answer.json().forEach(events::add);
            more = events.size() > before;
            from = more ? Long.parseLong(events.getLast().path("log_id").asString()) : from;
        }
        return events;
    }
}
