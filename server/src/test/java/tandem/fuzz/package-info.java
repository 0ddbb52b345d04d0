/// Bytes that nobody meant to send, to every parser and every endpoint. Owns the targets, what each
/// must keep to, and the process in which Jazzer runs them; knows nothing of how Jazzer finds its
/// way.
@NullMarked
package tandem.fuzz;

import org.jspecify.annotations.NullMarked;
