/// What goes over the wire: requests, answers, and what is expected of an answer.
///
/// Owns HTTP, by the JDK's client and by a bare socket, and the shortening of secrets for reports.
/// Knows nothing of cases, flows or pages.
@NullMarked
package tandem.conformance.wire;

import org.jspecify.annotations.NullMarked;
