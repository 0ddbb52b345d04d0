/// What holds for the code itself: floors, tidiness.
///
/// Owns the rules no compiler knows. Owns no rule about what Tandem does.
@NullMarked
package tandem.house;

import org.jspecify.annotations.NullMarked;
