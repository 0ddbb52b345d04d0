/// Scenarios over the whole server, in a small vocabulary: a device, a browser, an operator, a
/// clock.
///
/// They speak HTTP to a real server on a real store; only the clock is moved by hand.
@NullMarked
package tandem.scenario;

import org.jspecify.annotations.NullMarked;
