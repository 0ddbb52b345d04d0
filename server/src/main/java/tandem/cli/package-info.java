/// A device in the terminal: `login`, `token`, `logout`, `devices`.
///
/// Owns the client's side of [RFC 8628](https://www.rfc-editor.org/rfc/rfc8628), the files in which
/// a person's logins are kept, and what a terminal is shown. It works with any server that
/// publishes its endpoints, not only with Tandem.
///
/// Does not own, and does not know, anything of the server's rooms: it speaks HTTP alone and spells
/// the words of the RFCs out for itself. A wrong word shared by both sides would pass every test.
@NullMarked
package tandem.cli;

import org.jspecify.annotations.NullMarked;
