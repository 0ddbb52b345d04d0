/// All of RFC 8628: the device endpoint, the device grant, the live codes, and the pages on which a
/// person enters, confirms and decides.
///
/// Owns the path from a code to a yes or a no. Does not own sign-in (`account`), what tokens say
/// (`token`), nor how pages look (`page`).
@NullMarked
package tandem.device;

import org.jspecify.annotations.NullMarked;
