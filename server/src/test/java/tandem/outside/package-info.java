/// Tandem from outside: the program as a user starts it, and clients written by others.
///
/// Owns what only a process of its own shows: its command line, its end by force, a real browser.
/// Owns no case that a scenario inside one process can show as well.
@NullMarked
package tandem.outside;

import org.jspecify.annotations.NullMarked;
