/// The person at the browser: reads any server's pages, types the code, signs in, says yes or no.
///
/// Owns how a page is understood: by roles, names and kinds of fields, never by a server's own ids.
/// Knows neither cases nor what a device does.
@NullMarked
package tandem.conformance.person;

import org.jspecify.annotations.NullMarked;
