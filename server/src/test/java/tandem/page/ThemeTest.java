package tandem.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThemeTest {

    private static final double TEXT = 4.5;
    private static final double CONTROL = 3;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#000000", "#ffffff", "#ffff00", "#0000ff", "#808080", "#ff0000", "#00ff66",
                "#0b6e69", "#fdfcfa", "#171614"
            })
    void any_accent_can_be_read_on_both_grounds(String accent) {
        var theme = new Theme("Acme", Optional.empty(), Colour.parse(accent));
        assertThat(theme.accentOnLight().contrast(Theme.LIGHT_GROUND)).isGreaterThan(TEXT);
        assertThat(theme.accentOnDark().contrast(Theme.DARK_GROUND)).isGreaterThan(TEXT);
    }

    @Test
    void an_accent_that_can_be_read_stays_as_it_is() {
        assertThat(Theme.STANDARD.accentOnLight()).isEqualTo(Theme.STANDARD.accent());
    }

    @Test
    void a_corrected_accent_keeps_its_hue() {
        var dark = new Theme("Acme", Optional.empty(), Colour.parse("#0b6e69")).accentOnDark();
        assertThat(dark.green()).isGreaterThan(dark.red() * 2);
    }

    @Test
    void contrast_is_that_of_the_guidelines() {
        assertThat(Colour.BLACK.contrast(Colour.WHITE)).isEqualTo(21.0, Offset.offset(0.001));
        assertThat(Colour.parse("#767676").contrast(Colour.WHITE))
                .isEqualTo(4.54, Offset.offset(0.01));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "red", "#fff", "#12345g", "#1234567", "#0b6e69;}body{}"})
    void what_is_not_a_colour_is_refused(String text) {
        assertThatThrownBy(() -> Colour.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_fixed_colours_can_be_told_from_their_grounds() {
        var css = stylesheet();
        int dark = css.indexOf("prefers-color-scheme: dark");
        for (var scheme : new String[] {css.substring(0, dark), css.substring(dark)}) {
            var ground = colour(scheme, "ground");
            var tint = colour(scheme, "tint");
            assertThat(colour(scheme, "ink").contrast(tint)).isGreaterThan(TEXT);
            assertThat(colour(scheme, "ink-soft").contrast(tint)).isGreaterThan(TEXT);
            assertThat(colour(scheme, "trouble").contrast(ground)).isGreaterThan(TEXT);
            assertThat(colour(scheme, "caution").contrast(colour(scheme, "caution-tint")))
                    .isGreaterThan(TEXT);
            assertThat(colour(scheme, "edge").contrast(ground)).isGreaterThan(CONTROL);
        }
        assertThat(colour(css, "ground")).isEqualTo(Theme.LIGHT_GROUND);
        assertThat(colour(css.substring(dark), "ground")).isEqualTo(Theme.DARK_GROUND);
    }

    private static String stylesheet() {
        var assets = Assets.load(Theme.STANDARD);
        var file = assets.at(assets.path("tandem.css")).orElseThrow();
        return new String(file.content(), StandardCharsets.UTF_8);
    }

    private static Colour colour(String css, String name) {
        var matcher = Pattern.compile("--" + name + ": (#\\p{XDigit}{6});").matcher(css);
        assertThat(matcher.find()).as(name).isTrue();
        return Colour.parse(matcher.group(1));
    }
}
