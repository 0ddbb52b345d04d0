/// The cases: one file per area of the catalogue, each judged by a specification's words.
///
/// Owns what is expected of a server. Knows the suite's vocabulary and nothing of any one server.
@NullMarked
package tandem.conformance.cases;

import org.jspecify.annotations.NullMarked;
