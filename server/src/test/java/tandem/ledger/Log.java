package tandem.ledger;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tandem.scenario.Answer;
import tandem.scenario.Http;
import tools.jackson.databind.JsonNode;

/// What a healed server wrote down of each code, read as its operators read it.
///
/// An event never names a code. The device is known by the `User-Agent` with which it asked, and
/// from there on by the number of its request.
final class Log {

    private static final int TAKE = 100;

    /// Everything once, and in this order.
    private static final Pattern LIFE =
            Pattern.compile(
                    "device.requested( device.denied| device.approved"
                            + "( device.redeemed link.created( link.refreshed)*( link.ended)?)?)?");

    private static final Set<String> DECISIONS =
            Set.of("device.requested", "device.denied", "device.approved", "device.redeemed");

    private final Map<String, List<JsonNode>> byRequest;

    private Log(List<JsonNode> events) {
        byRequest = events.stream().collect(groupingBy(Log::request));
    }

    /// Reads all of it, from its beginning.
    static Log of(Http node) {
        var token = good(Checker.answered(() -> signsIn(node))).text("access_token");
        var events = new ArrayList<JsonNode>();
        var from = "0";
        for (boolean more = true; more; ) {
            var path = "/api/v2/logs?take=%d&from=%s".formatted(TAKE, from);
            int before = events.size();
            good(Checker.answered(() -> node.bearer(token).get(path))).json().forEach(events::add);
            more = events.size() > before;
            from = more ? events.getLast().path("log_id").asString() : from;
        }
        return new Log(events);
    }

    private static Answer good(Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.status() + " " + answer.body());
        }
        return answer;
    }

    private static Answer signsIn(Http node) {
        return node.post(
                "/oauth/token",
                "grant_type",
                "client_credentials",
                "client_id",
                "ops",
                "client_secret",
                "a-long-secret",
                "audience",
                Trial.ISSUER + "/api/v2/");
    }

    private static String request(JsonNode event) {
        return event.path("device_authorization_id").asString("");
    }

    private static String name(JsonNode event) {
        return event.path("event").asString("");
    }

    /// What is wrong with what it tells of a page; empty if nothing is.
    Optional<String> breach(Page page) {
        var events = byRequest.values().stream().filter(of -> asked(of, page)).findFirst();
        var told =
                events.orElse(List.of()).stream()
                        .map(Log::name)
                        .filter(name -> DECISIONS.contains(name) || name.startsWith("link."))
                        .toList();
        page.write("checked: events " + told);
        if (!LIFE.matcher(String.join(" ", told)).matches()) {
            return Optional.of("events are missing, twice, or out of order");
        }
        if (!told.containsAll(known(page)) || told.stream().anyMatch(impossible(page)::contains)) {
            return Optional.of("events tell of something else");
        }
        if (told.stream().filter("link.refreshed"::equals).count() < page.refreshes()) {
            return Optional.of("a refresh has no event");
        }
        return Optional.empty();
    }

    private static boolean asked(List<JsonNode> events, Page page) {
        return events.getFirst().path("user_agent").asString("").equals(page.device());
    }

    private static Set<String> known(Page page) {
        var known = new HashSet<>(Set.of("device.requested"));
        switch (page.decision()) {
            case APPROVED -> known.add("device.approved");
            case DENIED -> known.add("device.denied");
            case NONE, MAYBE_APPROVED, MAYBE_DENIED -> {}
        }
        if (page.spent()) {
            known.add("device.redeemed");
        }
        if (page.isUnlinked()) {
            known.add("link.ended");
        }
        return known;
    }

    private static Set<String> impossible(Page page) {
        var impossible = new HashSet<String>();
        switch (page.decision()) {
            case NONE -> impossible.addAll(Set.of("device.approved", "device.denied"));
            case APPROVED, MAYBE_APPROVED -> impossible.add("device.denied");
            case DENIED, MAYBE_DENIED -> impossible.add("device.approved");
        }
        if (!page.spent() && !page.mayHaveBeenRedeemed()) {
            impossible.add("device.redeemed");
        }
        if (!page.mayBeUnlinked()) {
            impossible.add("link.ended");
        }
        return impossible;
    }
}
