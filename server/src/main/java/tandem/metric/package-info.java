/// What an operator watches: every metric by name, and the page that tells their values.
///
/// Owns the metrics' names and the library behind them; no other room knows that library. Does not
/// own any value: each room counts for itself and says here how to read it.
@NullMarked
package tandem.metric;

import org.jspecify.annotations.NullMarked;
