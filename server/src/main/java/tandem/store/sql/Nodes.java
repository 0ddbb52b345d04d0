package tandem.store.sql;

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

    void tell(Handle handle, Signal signal) {
        tell(handle, SignalText.of(signal));
    }
}
