package tandem.app;

import java.util.List;

/// Starts the server that a configuration describes: the seam between the command and the wiring.
@FunctionalInterface
interface Starter {

    /// A server that answers.
    interface Running extends AutoCloseable {

        /// Where it listens, with the port that was really taken.
        HostAndPort listen();

        HostAndPort management();

        /// Says that it is about to stop, and goes on answering until whoever watches has heard it.
        void drain();

        /// Lets what is under way finish, then stops.
        @Override
        void close();
    }

    /// Returns when the server answers.
    ///
    /// @param resources checked files to be applied before the first request is answered
    /// @throws Exception with what to do in its message, or one that [StartFailure] knows; whatever
    ///   was opened is closed again
    Running start(Config config, List<Document> resources) throws Exception;
}
