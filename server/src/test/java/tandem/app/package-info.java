/// What holds for the start of the program: configuration, command line, logs.
///
/// Owns the tests of every rule of the configuration. Owns no test of what the server then does.
@NullMarked
package tandem.app;

import org.jspecify.annotations.NullMarked;
