/// The keys that sign tokens: made at first start, sealed at rest, rotated with overlap, published.
///
/// Owns signing, verifying what was signed here, and the JWKS. Does not own what a token says
/// (`token`).
@NullMarked
package tandem.keys;

import org.jspecify.annotations.NullMarked;
