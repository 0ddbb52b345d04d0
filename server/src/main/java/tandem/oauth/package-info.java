/// The words of the RFCs as types: identifiers, scopes, codes, hashes, error codes, outcomes.
///
/// Owns what every other room speaks. Does not own anything that is remembered (`model`), and knows
/// neither storage nor HTTP.
@NullMarked
package tandem.oauth;

import org.jspecify.annotations.NullMarked;
