package tandem.model;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A person who can approve devices: the resource owner. [RFC 6749
/// §1.1](https://www.rfc-editor.org/rfc/rfc6749#section-1.1)
///
/// @param userId what tokens carry as `sub`
/// @param password an Argon2id hash in its encoded form; empty for people of a provider
/// @param provider who they are at an OpenID provider, if they came from one
public record Account(
        String userId,
        Optional<String> email,
        boolean emailVerified,
        Optional<String> name,
        Optional<PasswordHash> password,
        Optional<ProviderIdentity> provider,
        boolean blocked,
        boolean operator,
        Instant createdAt,
        Instant updatedAt) {

    /// Accounts are matched by issuer and subject alone, never by an e-mail address.
    public record ProviderIdentity(String issuer, String subject, String connection) {}

    /// The encoded form of Argon2id.
    public record PasswordHash(String value) {
        @Override
        public String toString() {
            return "PasswordHash[…]";
        }
    }

    public static final int EMAIL_MAX = 254;

    /// The form in which two spellings of one address are one address, and one throttle bucket:
    /// without invisible characters, composed, lower case.
    public static String normalEmail(String typed) {
        var visible =
                typed.codePoints()
                        .filter(c -> !invisible(c))
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        return Normalizer.normalize(visible, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean invisible(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT || type == Character.CONTROL;
    }

    public Account withBlocked(boolean now, Instant at) {
        return new Account(
                userId,
                email,
                emailVerified,
                name,
                password,
                provider,
                now,
                operator,
                createdAt,
                at);
    }
}
