package tandem.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetsTest {

    private final Assets assets = Assets.load(Theme.STANDARD);

    @Test
    void a_file_is_served_under_a_path_with_its_hash() {
        var path = assets.path("tandem.css");
        assertThat(path).matches("/assets/tandem\\.[0-9a-f]{12}\\.css");
        var file = assets.at(path).orElseThrow();
        assertThat(file.contentType()).isEqualTo("text/css; charset=utf-8");
        assertThat(new String(file.content(), StandardCharsets.UTF_8)).contains("--ground");
    }

    @Test
    void another_theme_is_another_path() {
        var red = new Theme("Acme", Optional.empty(), Colour.parse("#aa0000"));
        assertThat(Assets.load(red).path("theme.css")).isNotEqualTo(assets.path("theme.css"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/tandem.css",
                "/assets/tandem.000000000000.css",
                "/assets/../messages_en.properties",
                "/assets/"
            })
    void nothing_else_is_served(String path) {
        assertThat(assets.at(path)).isEmpty();
    }
}
