/// Starts the program: the command line, the configuration and the wiring of all rooms.
///
/// Owns the one place where the clock, randomness and the environment are taken from the machine.
/// Owns no rule of the product: those live in the rooms below.
@NullMarked
package tandem.app;

import org.jspecify.annotations.NullMarked;
