/// How a person is known: login options, sessions, and their own page with its linked devices.
///
/// Owns sign-in by password and by provider, the limits on wrong passwords, browsers' sessions and
/// `/account`. Does not own what a person signs in for: that is handed in as a
/// [tandem.account.Continuation].
@NullMarked
package tandem.account;

import org.jspecify.annotations.NullMarked;
