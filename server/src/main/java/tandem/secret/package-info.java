/// The secret key file: keyed hashes of what could be guessed, sealing of what must be read back.
///
/// Owns the file, its creation, and the keys derived from it, one per purpose. Does not own the
/// signing keys (`keys`), which are only sealed here.
@NullMarked
package tandem.secret;

import org.jspecify.annotations.NullMarked;
