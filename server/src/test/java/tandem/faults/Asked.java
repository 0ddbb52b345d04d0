package tandem.faults;

import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tandem.scenario.Answer;

/// A request that is about to be made, on a scene that is ready for it.
///
/// @param asks makes it
/// @param good whether an answer is the right one
/// @param acknowledges whether an answer says that everything asked for is kept
/// @param afterwards makes it again when all is well, and holds the server to what it had answered
record Asked(
        Supplier<Answer> asks,
        Predicate<Answer> good,
        Predicate<Answer> acknowledges,
        Consumer<Past> afterwards) {

    Asked(Supplier<Answer> asks, Predicate<Answer> good, Consumer<Past> afterwards) {
        this(asks, good, good, afterwards);
    }

    /// The same, where not every right answer is an acknowledgement.
    Asked acknowledgedOnly(Predicate<Answer> by) {
        return new Asked(asks, good, by, afterwards);
    }

    /// What is behind it.
    ///
    /// @param answer to the request that met the fault; good, or 503
    /// @param good whether it was good
    /// @param unclear whether what was asked may have been done although the answer was 503
    record Past(Answer answer, boolean good, boolean unclear) {

        /// Whether what can be had once was had before `again` was answered.
        boolean spent(Answer again) {
            return good || (unclear && again.status() != 200);
        }
    }
}
