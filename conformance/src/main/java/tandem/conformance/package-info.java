/// The command: reads what it is told, finds the server, runs the suite, writes the reports.
///
/// Owns options, the configuration file, discovery and the exit code. Shares no class and no
/// constant with Tandem's server: it is a stranger to it, as to any other.
@NullMarked
package tandem.conformance;

import org.jspecify.annotations.NullMarked;
