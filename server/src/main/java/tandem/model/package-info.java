/// One record for each thing Tandem remembers, and its pure transitions.
///
/// Owns the states and every decision on them, with the clock handed in. Does not own how they are
/// kept (`store`), nor how they are asked for (`token`, `device`, `account`, `manage`).
@NullMarked
package tandem.model;

import org.jspecify.annotations.NullMarked;
