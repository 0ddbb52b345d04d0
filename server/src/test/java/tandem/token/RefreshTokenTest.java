package tandem.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.model.Ids;
import tandem.oauth.DeviceCode;
import tandem.secret.SecretKeyFile;
import tandem.secret.SecretKeys;

class RefreshTokenTest {
    private final SecureRandom random = new SecureRandom();
    private final DeviceCode deviceCode = DeviceCode.random(random);
    private final String link = Ids.LINK.random(random);
    private SecretKeys keys;

    @TempDir Path folder;

    @BeforeEach
    void open_the_keys() throws Exception {
        keys = SecretKeyFile.open(folder.resolve("secret.key"), random);
    }

    @Test
    void reads_back_what_it_made() {
        var first = RefreshToken.first(keys, deviceCode, link);
        assertThat(RefreshToken.read(keys, first.value())).contains(first);
        assertThat(first.generation()).isEqualTo(1);
        assertThat(first.link()).isEqualTo(link);
    }

    @Test
    void has_one_successor_however_often_it_is_asked() {
        var first = RefreshToken.first(keys, deviceCode, link);
        assertThat(first.successor(keys)).isEqualTo(first.successor(keys));
        assertThat(first.successor(keys).value()).isNotEqualTo(first.value());
        assertThat(first.successor(keys).generation()).isEqualTo(2);
    }

    @Test
    void cannot_be_made_from_link_and_keys_alone() {
        var other = DeviceCode.random(random);
        assertThat(RefreshToken.first(keys, other, link).value())
                .isNotEqualTo(RefreshToken.first(keys, deviceCode, link).value());
    }

    @Test
    void is_not_authentic_under_another_installation_s_keys() throws Exception {
        var others = SecretKeyFile.open(folder.resolve("other.key"), random);
        var token = RefreshToken.first(keys, deviceCode, link);
        assertThat(RefreshToken.read(others, token.value())).isEmpty();
    }

    @Test
    void is_not_authentic_with_any_character_changed() {
        var value = RefreshToken.first(keys, deviceCode, link).value();
        for (int i = 0; i < value.length(); i++) {
            char changed = value.charAt(i) == 'A' ? 'B' : 'A';
            var forged = value.substring(0, i) + changed + value.substring(i + 1);
            assertThat(RefreshToken.read(keys, forged)).as(forged).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "trt_", "trt_AAAA", "é", "\u0000", "trt_%%%"})
    void reads_nothing_else(String value) {
        assertThat(RefreshToken.read(keys, value)).isEmpty();
    }

    @Test
    void does_not_show_itself() {
        var token = RefreshToken.first(keys, deviceCode, link);
        assertThat(token.toString()).doesNotContain(token.value());
    }
}
