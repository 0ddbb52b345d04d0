package tandem.cli;

import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A QR code in half-block characters: one character is one module wide and two high, which is
/// about square in every terminal.
///
/// With colour, dark and light are named outright, so the terminal's own theme does not matter.
/// Without, the light modules are drawn and the dark ones left out: right as it stands on a dark
/// background; on a light one the code is inverted, which phones' cameras read as well.
final class QrBlocks {

    /// What the standard asks around the code.
    private static final int QUIET = 4;

    /// What cameras get by with when the screen is small.
    private static final int LEAST_QUIET = 2;

    /// Black on white of the fixed palette; the sixteen named colours are the theme's to change.
    private static final String FIXED = "\033[38;5;16;48;5;231m";

    private static final String NAMED = "\033[30;107m";
    private static final String RESET = "\033[0m";

    private final QrCode code;
    private final int quiet;

    private QrBlocks(QrCode code, int quiet) {
        this.code = code;
        this.quiet = quiet;
    }

    /// The code, if there is room for it.
    ///
    /// @param rows how many of the terminal's rows the code may take
    static Optional<QrBlocks> fitting(String text, int columns, int rows) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        for (int quiet : List.of(QUIET, LEAST_QUIET)) {
            int side = code.size + 2 * quiet;
            if (side <= columns && (side + 1) / 2 <= rows) {
                return Optional.of(new QrBlocks(code, quiet));
            }
        }
        return Optional.empty();
    }

    List<String> coloured(boolean palette256) {
        String start = palette256 ? FIXED : NAMED;
        return lines(true).stream().map(line -> start + line + RESET).toList();
    }

    /// Blocks where the code is light.
    List<String> plain() {
        return lines(false);
    }

    private List<String> lines(boolean drawDark) {
        List<String> lines = new ArrayList<>();
        int end = code.size + quiet;
        for (int y = -quiet; y < end; y += 2) {
            StringBuilder line = new StringBuilder();
            for (int x = -quiet; x < end; x++) {
                // Outside the code every module is light, also below the last, odd row.
                boolean lower = code.getModule(x, y + 1) == drawDark;
                line.append(block(code.getModule(x, y) == drawDark, lower));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static char block(boolean upper, boolean lower) {
        if (upper) {
            return lower ? '█' : '▀';
        }
        return lower ? '▄' : ' ';
    }
}
