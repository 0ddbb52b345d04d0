package tandem.app;

import java.util.List;

/// What reading the configuration came to.
sealed interface Reading {

    record Good(Config config) implements Reading {}

    /// No configuration, but all that keeps it from being one.
    ///
    /// @param inFile every mistake of the file, by its lines
    /// @param inEnvironment every mistake of the environment
    record Bad(List<String> inFile, List<String> inEnvironment) implements Reading {}
}
