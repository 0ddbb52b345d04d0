package tandem.store.sql;

import java.util.List;
import org.jdbi.v3.core.Handle;
import tandem.model.Epoch;
import tandem.store.Epochs;

/// Table `epoch`, which has one row.
final class SqlEpochs implements Epochs {

    /// What is worth nothing in an older copy, or would be worth too much.
    static final List<String> SHORT_LIVED =
            List.of("device_authorization", "entry", "session", "trip");

    private final Handle handle;

    private final Nodes nodes;

    SqlEpochs(Handle handle, Nodes nodes) {
        this.handle = handle;
        this.nodes = nodes;
    }

    private static final String CURRENT =
            "SELECT name, number, starts, copied_at FROM epoch WHERE id = 1";

    @Override
    public Epoch current() {
        return handle.createQuery(CURRENT)
                .map((row, context) ->
                        new Epoch(
                                row.getString("name"),
                                row.getLong("number"),
                                row.getLong("starts"),
                                Rows.instantIfAny(row, "copied_at")))
                .one();
    }

    private static final String SAVE =
            """
            UPDATE epoch SET name = :name, number = :number, starts = :starts, copied_at = :copied_at
            WHERE id = 1 AND number = :before AND starts = :before_starts
            """;

    @Override
    public boolean save(Epoch before, Epoch next) {
        return handle.createUpdate(SAVE)
                        .bind("before", before.number())
                        .bind("before_starts", before.starts())
                        .bind("name", next.database())
                        .bind("number", next.number())
                        .bind("starts", next.starts())
                        .bind("copied_at", next.copiedAt())
                        .execute()
                == 1;
    }

    @Override
    public boolean restore(Epoch before, Epoch next, long firstEvent) {
        if (!save(before, next)) {
            return false;
        }
        for (var table : SHORT_LIVED) {
            nodes.forget(handle, table);
        }
        nodes.eventsFrom(handle, firstEvent);
        return true;
    }
}
