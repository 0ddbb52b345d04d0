package tandem.faults;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import tandem.store.sql.Between;

/// The next thing a session does, and what it can meet another's next thing in.
///
/// @param does for people
/// @param reads tables
/// @param writes tables; for a commit, those of its transaction
/// @param ends whether what was written becomes visible, and what was held is let go
record Op(String does, Set<String> reads, Set<String> writes, boolean ends) {

    private static final String ANYTHING = "*";
    private static final Pattern TABLE =
            Pattern.compile(
                    "(?i)\\b(DELETE\\s+FROM|UPDATE|INTO|FROM|JOIN)\\s+([a-z_]+)", Pattern.DOTALL);
    private static final Pattern HOLD = Pattern.compile("pg_advisory_xact_lock");

    /// Appended to and not read by those who decide: the order in it is nobody's business.
    private static final String EVENT = "event";

    /// Looks at what the node remembers, before the first call.
    static Op begins(String name) {
        return new Op(name + " begins", Set.of(ANYTHING), Set.of(), false);
    }

    /// A transaction that nobody steps into.
    static Op whole(boolean write) {
        return new Op(
                write ? "write" : "read",
                Set.of(ANYTHING),
                write ? Set.of(ANYTHING) : Set.of(),
                write);
    }

    static Op of(Between.Call call, Set<String> written) {
        if (call.commits() || call.sql().equals("ROLLBACK")) {
            return new Op(call.sql(), Set.of(), written, true);
        }
        var reads = new HashSet<String>();
        var writes = new HashSet<String>();
        var tables = TABLE.matcher(call.sql());
        while (tables.find()) {
            boolean reading = tables.group(1).matches("(?i)FROM|JOIN");
            (reading ? reads : writes).add(tables.group(2));
        }
        reads.remove(EVENT);
        writes.remove(EVENT);
        if (HOLD.matcher(call.sql()).find()) {
            writes.add("hold");
        }
        return new Op(call.sql().strip().replaceAll("\\s+", " "), reads, writes, false);
    }

    /// Whether it makes a difference which of the two comes first.
    boolean meets(Op other) {
        return touches(writes, other.reads)
                || touches(writes, other.writes)
                || touches(reads, other.writes);
    }

    private static boolean touches(Set<String> some, Set<String> others) {
        return (some.contains(ANYTHING) && !others.isEmpty())
                || (others.contains(ANYTHING) && !some.isEmpty())
                || some.stream().anyMatch(others::contains);
    }
}
