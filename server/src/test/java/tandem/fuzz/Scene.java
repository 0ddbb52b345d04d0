package tandem.fuzz;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tandem.model.Account;
import tandem.model.Registered;
import tandem.scenario.TestTandem;

/// A whole server behind a socket, and what must hold whatever is sent there: an answer in time, no
/// fault, nothing of the input handed back in a form that acts, and nothing written by what is
/// refused.
final class Scene implements Fuzzed {
    /// What is noted even of what is refused: events, counts against guessing, and that a browser
    /// was here.
    private static final Set<String> NOTES =
            Set.of(
                    "event insert",
                    "failure insert",
                    "session insert",
                    "session update",
                    "session delete");

    /// A code can be typed by following a link.
    private static final Set<String> LOOKS =
            Stream.concat(NOTES.stream(), Stream.of("entry insert"))
                    .collect(Collectors.toUnmodifiableSet());

    private static final Set<Integer> RAW_FAULTS = Set.of(501, 505);
    private static final Pattern TAG =
            Pattern.compile(
                    "<(?!/?(?:%s)[\\s/>])"
                            .formatted(
                                    "!doctype|html|head|meta|title|link|body|header|main|section|h1|h2|p|a|ul|li|dl|dt|dd|div|span"
                                            + "|bdi|form|input|label|button|img|svg|path|strong|details|summary|script|noscript"));

    private final TestTandem tandem;
    private final Ledger ledger;
    private final Canary canary;
    private final Values values;
    private final Wire wire;
    private final Registered registered;
    private final Account ada;

    Scene(Path folder) throws Exception {
        tandem = TestTandem.in(folder);
        ledger = Ledger.of(folder.resolve("tandem.db"));
        canary = new Canary(tandem, ledger);
        values = new Values(tandem);
        wire = new Wire(tandem.server().port());
        registered = tandem.server().store().registered();
        ada = tandem.ada();
    }

    @Override
    public void take(byte[] input) throws Exception {
        var asked = Asked.read(input);
        // A poll that waits for somebody to approve would wait in earnest.
        var bytes =
                asked.bytes(
                        name -> name.equals("pending") && asked.prefers() ? "no" : values.of(name));
        ledger.news();
        var reply = wire.ask(bytes, asked.only());
        must(reply.status() < 500, "status " + reply.status());
        look(reply);
        boolean looks = asked.method().equals("GET") || asked.only();
        written(reply.status() >= 400 ? NOTES : looks ? LOOKS : Set.of());
        if (reply.status() < 400 && !looks) {
            restore(asked);
        }
    }

    /// The same server, fed with bytes as they are.
    Fuzzed raw() {
        return new Fuzzed() {
            @Override
            public void take(byte[] input) throws Exception {
                takeRaw(input);
            }

            @Override
            public void close() {
                Scene.this.close();
            }
        };
    }

    private void takeRaw(byte[] input) throws Exception {
        ledger.news();
        boolean all = true;
        for (var answer : Wire.split(wire.pour(input))) {
            int status = Wire.status(answer);
            must(status < 500 || RAW_FAULTS.contains(status), "status " + status);
            act(answer, "an answer");
            all &= status >= 400;
        }
        written(all ? NOTES : Set.of());
    }

    private static void look(Wire.Reply reply) {
        act(reply.head(), "the head");
        must(!reply.head().contains("<"), "a tag in the head");
        var type = reply.type().toLowerCase(Locale.ROOT);
        if (!type.startsWith("text/") && !type.contains("json")) {
            return;
        }
        var body = reply.body();
        act(body, "the body");
        if (type.startsWith("text/html")) {
            var tag = TAG.matcher(body.toLowerCase(Locale.ROOT));
            if (tag.find()) {
                int end = Math.min(body.length(), tag.start() + 40);
                throw new AssertionError("an unknown tag: " + body.substring(tag.start(), end));
            }
        } else if (!type.contains("json")) {
            must(!body.contains("<zq"), "a tag in " + type);
        }
    }

    private static void act(String text, String where) {
        var found = text.chars().filter(c -> (c < 0x20 && "\t\r\n".indexOf(c) < 0) || c == 0x7f);
        found.findFirst()
                .ifPresent(c -> {
                    throw new AssertionError("U+%04X in %s".formatted(c, where));
                });
    }

    /// @param only the kinds there may be; none says all
    private void written(Set<String> only) throws Exception {
        for (var written : ledger.news()) {
            must(!canary.has(written), "the canary's row was written: " + written);
            must(only.isEmpty() || only.contains(written.kind()), "and yet: " + written);
        }
    }

    /// Puts back what was used up or changed.
    private void restore(Asked asked) throws Exception {
        if (asked.target().startsWith("/api/v2/")) {
            tandem.server()
                    .store()
                    .write(tx -> {
                        registered.clients().values().forEach(tx.registry()::put);
                        registered.clientGrants().forEach(tx.registry()::put);
                        tx.accounts().add(ada);
                        return true;
                    });
            tandem.saveAccount(ada);
            values.allUsed();
        } else {
            values.used(asked.path(), asked.names());
        }
        ledger.news();
    }

    private static void must(boolean kept, String otherwise) {
        if (!kept) {
            throw new AssertionError(otherwise);
        }
    }

    @Override
    public void close() {
        try (tandem;
                ledger;
                wire) {
            canary.serves();
        }
    }
}
