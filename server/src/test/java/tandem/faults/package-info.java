/// What becomes of the whole server when its database fails at any call, and when sessions meet
/// between any two statements. The store's own faults are `tandem.store.sql`'s.
@NullMarked
package tandem.faults;

import org.jspecify.annotations.NullMarked;
