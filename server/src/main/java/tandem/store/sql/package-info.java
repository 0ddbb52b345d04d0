/// The one SQL implementation of the store's port, and the group commit above it.
///
/// Owns the tables, the migrations and the connections. Statements stand beside the method that
/// runs them and are the same for every database; what differs is [tandem.store.sql.Database]'s.
@NullMarked
package tandem.store.sql;

import org.jspecify.annotations.NullMarked;
