/// The suite: what a case is, what it sees, and how all are run.
///
/// Owns cases, verdicts, and the vocabulary that cases speak: a scene, a device, its codes and
/// tokens. Knows neither a case of its own nor how a report looks.
@NullMarked
package tandem.conformance.suite;

import org.jspecify.annotations.NullMarked;
