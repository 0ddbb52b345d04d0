package tandem.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeysTest {
    private final SecureRandom random = new SecureRandom();

    @TempDir Path folder;

    private SecretKeys open(String name) throws IOException {
        return SecretKeyFile.open(folder.resolve(name), random);
    }

    @Test
    void makes_the_file_once_and_for_its_owner_alone() throws Exception {
        var made = open("a.key");
        var file = folder.resolve("a.key");
        assertThat(open("a.key").hash(Purpose.USER_CODE, "x"))
                .isEqualTo(made.hash(Purpose.USER_CODE, "x"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void opens_what_it_sealed_and_nothing_sealed_for_another_purpose() throws Exception {
        var keys = open("a.key");
        var sealed = keys.seal(Purpose.PROVIDER, "upstream secret");
        assertThat(keys.open(Purpose.PROVIDER, sealed)).isEqualTo("upstream secret");
        assertThat(sealed.value()).doesNotContain("upstream");
        assertThatThrownBy(() -> keys.open(Purpose.SIGNING_KEY, sealed))
                .isInstanceOf(WrongSecretKey.class);
    }

    @Test
    void says_which_key_is_missing() throws Exception {
        var sealed = open("a.key").seal(Purpose.PROVIDER, "secret");
        var other = open("b.key");
        assertThatThrownBy(() -> other.open(Purpose.PROVIDER, sealed))
                .isInstanceOf(WrongSecretKey.class)
                .hasMessageContaining(open("a.key").newestId())
                .hasMessageNotContaining("secret\"");
    }

    @Test
    void an_added_key_makes_and_the_old_one_still_recognises() throws Exception {
        var before = open("a.key");
        var hash = before.hash(Purpose.USER_CODE, "WDJBMJHT");
        var sealed = before.seal(Purpose.PROVIDER, "kept");
        open("b.key");
        var both = folder.resolve("both.key");
        var lines = new java.util.ArrayList<>(Files.readAllLines(folder.resolve("b.key")));
        lines.addAll(Files.readAllLines(folder.resolve("a.key")));
        Files.write(both, lines);
        var after = open("both.key");
        assertThat(after.hash(Purpose.USER_CODE, "WDJBMJHT")).isNotEqualTo(hash);
        assertThat(after.matches(Purpose.USER_CODE, "WDJBMJHT", hash)).isTrue();
        assertThat(after.open(Purpose.PROVIDER, sealed)).isEqualTo("kept");
    }

    @Test
    void refuses_a_broken_file_without_repeating_it() throws Exception {
        Files.write(folder.resolve("c.key"), List.of("id notbase64secret!!"));
        assertThatThrownBy(() -> open("c.key"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("notbase64secret");
    }
}
