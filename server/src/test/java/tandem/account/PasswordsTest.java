package tandem.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import tandem.model.Account.PasswordHash;

class PasswordsTest {
    private static final String PASSWORD = "correct-horse-battery";

    private final Passwords passwords = new Passwords();

    @Test
    void a_password_matches_its_own_hash_and_no_other_does() {
        var hash = Optional.of(passwords.hash(PASSWORD));
        assertThat(passwords.matches(PASSWORD, hash)).contains(true);
        assertThat(passwords.matches(PASSWORD + "x", hash)).contains(false);
        assertThat(passwords.matches("", hash)).contains(false);
    }

    @Test
    void the_hash_is_argon2id_at_the_cost_promised_with_a_salt_of_its_own() {
        var hash = passwords.hash(PASSWORD);
        assertThat(hash.value()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.hash(PASSWORD)).isNotEqualTo(hash);
        assertThat(hash).hasToString("PasswordHash[…]");
    }

    @Test
    void without_an_account_no_password_is_right() {
        assertThat(passwords.matches(PASSWORD, Optional.empty())).contains(false);
        assertThat(passwords.matches("", Optional.empty())).contains(false);
    }

    @Test
    void a_password_longer_than_any_is_refused_unread() {
        var hash = Optional.of(new PasswordHash("no hash at all"));
        assertThat(passwords.matches("x".repeat(Passwords.LENGTH_MAX + 1), hash)).contains(false);
    }
}
