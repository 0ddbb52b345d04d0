/// A fleet of devices over simulated days, driven through the server's own decisions, and the
/// formulas that say the same on paper.
///
/// Owns what is assumed of devices and people. Owns no decision of the server's: codes, pace and
/// links are `tandem.model`'s and `tandem.oauth`'s.
@NullMarked
package tandem.simulation;

import org.jspecify.annotations.NullMarked;
