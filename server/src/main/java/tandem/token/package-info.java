/// The token endpoint and everything about a token once given: grants, issuing, refreshing,
/// revoking, introspection, userinfo, and the metadata that announces it all.
///
/// Owns client authentication, the limits that nodes count together, which origins' pages may read
/// what, and the steps every OAuth endpoint shares. Does not own the device grant, which `device`
/// hands in as one more [tandem.token.Grant].
@NullMarked
package tandem.token;

import org.jspecify.annotations.NullMarked;
