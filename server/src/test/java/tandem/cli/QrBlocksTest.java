package tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrBlocksTest {

    private static final String ADDRESS = "https://auth.example.com/activate?user_code=BCDF-GHJK";
    private static final QrCode CODE = QrCode.encodeText(ADDRESS, QrCode.Ecc.LOW);

    @Test
    void drawn_dark_on_light_it_is_the_code_with_its_quiet_zone() {
        List<String> lines =
                QrBlocks.fitting(ADDRESS, 80, 50).orElseThrow().coloured(true).stream()
                        .map(line -> line.replaceAll("\033\\[[0-9;]*m", ""))
                        .toList();
        assertMatches(lines, true, 4);
    }

    @Test
    void without_colour_the_light_modules_are_drawn() {
        assertMatches(QrBlocks.fitting(ADDRESS, 80, 50).orElseThrow().plain(), false, 4);
    }

    @Test
    void a_small_terminal_gets_a_narrower_quiet_zone_or_none_of_it() {
        int least = CODE.size + 4;
        assertMatches(
                QrBlocks.fitting(ADDRESS, least, (least + 1) / 2).orElseThrow().plain(), false, 2);
        assertThat(QrBlocks.fitting(ADDRESS, least - 1, 50)).isEmpty();
        assertThat(QrBlocks.fitting(ADDRESS, 80, (least + 1) / 2 - 1)).isEmpty();
    }

    @Test
    void every_line_names_its_colours_and_gives_them_back() {
        assertThat(QrBlocks.fitting(ADDRESS, 80, 50).orElseThrow().coloured(false))
                .allMatch(line -> line.startsWith("\033[30;107m") && line.endsWith("\033[0m"));
    }

    private static void assertMatches(List<String> lines, boolean drawnIsDark, int quiet) {
        int side = CODE.size + 2 * quiet;
        assertThat(lines).hasSize((side + 1) / 2).allMatch(line -> line.length() == side);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                char block = lines.get(y / 2).charAt(x);
                boolean drawn = block == '█' || block == (y % 2 == 0 ? '▀' : '▄');
                assertThat(drawn == drawnIsDark)
                        .as("module %d,%d", x, y)
                        .isEqualTo(CODE.getModule(x - quiet, y - quiet));
            }
        }
    }
}
