package tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigDirectoryTest {

    private static final Path HOME = Path.of("/home/ada");

    @Test
    void its_own_variable_comes_first_then_the_desktops_then_the_home() {
        Map<String, String> both = Map.of("TANDEM_CONFIG_DIR", "/t", "XDG_CONFIG_HOME", "/x");
        assertThat(ConfigDirectory.find(both, "linux", HOME)).isEqualTo(Path.of("/t"));
        assertThat(ConfigDirectory.find(Map.of("XDG_CONFIG_HOME", "/x"), "linux", HOME))
                .isEqualTo(Path.of("/x/tandem"));
        assertThat(ConfigDirectory.find(Map.of("XDG_CONFIG_HOME", "not/absolute"), "linux", HOME))
                .isEqualTo(Path.of("/home/ada/.config/tandem"));
    }

    @Test
    void other_systems_have_places_of_their_own() {
        assertThat(ConfigDirectory.find(Map.of(), "mac os x", HOME))
                .isEqualTo(Path.of("/home/ada/Library/Application Support/tandem"));
        assertThat(ConfigDirectory.find(Map.of("APPDATA", "/roaming"), "windows 11", HOME))
                .isEqualTo(Path.of("/roaming/tandem"));
    }
}
