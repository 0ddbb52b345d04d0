package tandem.page;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The operator's looks: a name, a logo, one colour. Everything else is neutral.
///
/// @param name who runs this server, as people know them
/// @param logo path of a file this server serves
/// @param accent corrected where it could not be read on the ground
public record Theme(String name, Optional<String> logo, Colour accent) {

    public static final Theme STANDARD =
            new Theme("Tandem", Optional.empty(), Colour.parse("#0b6e69"));

    /// The grounds the accent stands on. The stylesheet has the same, and a test says so.
    public static final Colour LIGHT_GROUND = Colour.parse("#fdfcfa");

    public static final Colour DARK_GROUND = Colour.parse("#171614");

    /// A little above what WCAG 2.2 asks of text (4.5), for the tinted grounds; controls need 3.
    private static final double CONTRAST = 5;

    /// More on the dark ground, where a colour of little contrast looks dull.
    private static final double DARK_CONTRAST = 7;

    Colour accentOnLight() {
        return accent.toward(Colour.BLACK, LIGHT_GROUND, CONTRAST);
    }

    Colour accentOnDark() {
        return accent.toward(accent.brightened(), DARK_GROUND, DARK_CONTRAST)
                .toward(Colour.WHITE, DARK_GROUND, DARK_CONTRAST);
    }

    /// The colour as a stylesheet; text on the accent has the ground's colour, so one correction
    /// serves both.
    byte[] stylesheet() {
        return """
        :root { --accent: %s; --on-accent: %s; }
        @media (prefers-color-scheme: dark) { :root { --accent: %s; --on-accent: %s; } }
        """
                .formatted(
                        accentOnLight().hex(),
                        LIGHT_GROUND.hex(),
                        accentOnDark().hex(),
                        DARK_GROUND.hex())
                .getBytes(StandardCharsets.UTF_8);
    }
}
