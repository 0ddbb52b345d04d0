package tandem.store.sql;

import java.time.Instant;
import org.jdbi.v3.core.Handle;
import tandem.store.Signal;

/// What transactions do to stand beside those of other nodes.
enum Nodes {
    /// One node, one writer: nobody to wait for, nobody to tell.
    ONE {
        @Override
        void hold(Handle handle, String what) {}

        @Override
        void tell(Handle handle, String text) {}

        @Override
        String eventId() {
            return "NULL";
        }

        @Override
        void forget(Handle handle, String table) {
            handle.execute("DELETE FROM " + table);
        }

        @Override
        void eventsFrom(Handle handle, long id) {
            handle.execute("DELETE FROM sqlite_sequence WHERE name = 'event'");
            handle.createUpdate("INSERT INTO sqlite_sequence (name, seq) VALUES ('event', :last)")
                    .bind("last", id - 1)
                    .execute();
        }

        @Override
        int forgetEvents(Handle handle, Instant now, Instant cutoff, int limit) {
            return handle.createUpdate(
                            """
                            DELETE FROM event
                            WHERE id IN (SELECT id FROM event ORDER BY id LIMIT :limit)
                                AND happened_at < :cutoff
                            """)
                    .bind("cutoff", cutoff)
                    .bind("limit", limit)
                    .execute();
        }

        @Override
        String countLive() {
            return """
            SELECT client, count(*) AS live FROM device_authorization WHERE expires_at > :now
            GROUP BY client
            """;
        }
    },

    /// Any number. Both end with the transaction: what is held is let go, and what is told is
    /// delivered if it commits.
    MANY {
        @Override
        void hold(Handle handle, String what) {
            handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")
                    .bind("what", what)
                    .mapTo(String.class)
                    .findFirst();
        }

        @Override
        void tell(Handle handle, String text) {
            handle.createQuery("SELECT pg_notify('" + SignalText.CHANNEL + "', :text)")
                    .bind("text", text)
                    .mapTo(String.class)
                    .findFirst();
        }

        @Override
        String eventId() {
            return "(SELECT base FROM event_base) + pg_current_xact_id()::TEXT::BIGINT * "
                    + SqlEvents.PLACES
                    + " + :place";
        }

        @Override
        void forget(Handle handle, String table) {
            handle.execute("TRUNCATE TABLE " + table);
        }

        @Override
        void eventsFrom(Handle handle, long id) {
            handle.createUpdate(
                            """
                            UPDATE event_base
                            SET base = :first - pg_current_xact_id()::TEXT::BIGINT * :places
                            """)
                    .bind("first", id)
                    .bind("places", SqlEvents.PLACES)
                    .execute();
        }

        @Override
        int forgetEvents(Handle handle, Instant now, Instant cutoff, int limit) {
            return handle.createQuery(
                            """
                            SELECT forget_events(:cutoff, CAST(:limit AS INTEGER))
                            FROM slice_events(:now)
                            """)
                    .bind("now", now)
                    .bind("cutoff", cutoff)
                    .bind("limit", limit)
                    .mapTo(Integer.class)
                    .one();
        }

        @Override
        String countLive() {
            return COUNT_SAMPLE;
        }
    };

    abstract void hold(Handle handle, String what);

    abstract void tell(Handle handle, String text);

    /// What numbers an event so that the numbers rise with the commits. It may name `:place`, the
    /// event's place in its transaction.
    abstract String eventId();

    /// Empties a table, however long it is.
    abstract void forget(Handle handle, String table);

    /// Lets the ids of events go on from this one.
    abstract void eventsFrom(Handle handle, long id);

    /// As [tandem.store.Events#sweep] says.
    abstract int forgetEvents(Handle handle, Instant now, Instant cutoff, int limit);

    /// The query that counts live device authorizations by client: `:now` to `client` and `live`.
    abstract String countLive();

    /// Ten million would take seconds to count, on every node every ten seconds. A thousand pages
    /// anywhere in the table, or all where there are no more, tell it well enough.
    private static final String COUNT_SAMPLE =
            """
            SELECT client, CAST(count(*) / {share} AS BIGINT) AS live
            FROM device_authorization TABLESAMPLE SYSTEM (100 * {share})
            WHERE expires_at > :now
            GROUP BY client
            """
                    .replace(
                            "{share}",
                            "least(1, 8388608.0 / greatest(1, pg_relation_size('device_authorization')))");

    void tell(Handle handle, Signal signal) {
        tell(handle, SignalText.of(signal));
    }
}
