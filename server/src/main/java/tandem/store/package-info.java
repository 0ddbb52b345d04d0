/// Everything Tandem remembers, behind one port: a transaction and a collection per record.
///
/// Owns the port, its one SQL implementation, the migrations and the group commit. Decides nothing:
/// what may follow what is `model`'s; the conditional updates here only make a decision true or
/// tell that another was first.
@NullMarked
package tandem.store;

import org.jspecify.annotations.NullMarked;
