/// How a run is told: in the terminal, as JUnit XML, JSON and one page of HTML.
///
/// Owns words and layout. Judges nothing.
@NullMarked
package tandem.conformance.report;

import org.jspecify.annotations.NullMarked;
