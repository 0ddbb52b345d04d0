/// The contract of the store, held by every database it runs on.
@NullMarked
package tandem.store;

import org.jspecify.annotations.NullMarked;
