package tandem.device;

import tandem.model.Account;
import tandem.oauth.SecretHash;
import tandem.secret.Purpose;
import tandem.secret.SecretKeys;

/// The account that a device expects to approve. Kept as a keyed hash, so that it can be compared
/// and never shown: whoever asks for codes learns nothing of who has an account, and whoever enters
/// one learns nothing of whom the device had in mind.
final class LoginHint {

    private LoginHint() {}

    static SecretHash of(SecretKeys keys, String hint) {
        return keys.hash(Purpose.LOGIN_HINT, normal(hint));
    }

    /// True when the hint was this name: a `user_id`, or an e-mail address.
    static boolean names(SecretKeys keys, SecretHash hint, String name) {
        return keys.matches(Purpose.LOGIN_HINT, normal(name), hint);
    }

    private static String normal(String name) {
        return name.indexOf('@') < 0 ? name : Account.normalEmail(name);
    }
}
