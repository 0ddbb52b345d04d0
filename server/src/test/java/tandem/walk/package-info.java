/// Random walks over the whole server, held against a model that was written from the contract
/// alone.
///
/// Speaks HTTP, and knows nothing of the server's own code but how to start it.
@NullMarked
package tandem.walk;

import org.jspecify.annotations.NullMarked;
