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
    };

    abstract void hold(Handle handle, String what);

    abstract void tell(Handle handle, String text);

    void tell(Handle handle, Signal signal) {
        tell(handle, SignalText.of(signal));
    }
}
