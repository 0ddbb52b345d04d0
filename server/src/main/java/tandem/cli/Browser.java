package tandem.cli;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// Opens a page in this machine's browser, as `--open` asks.
final class Browser {

    private Browser() {}

    /// The address was checked to be http or https, so it cannot be taken for an option. A browser
    /// that does not open is no failure: the address stands on the screen.
    static void open(URI page) {
        try {
            new ProcessBuilder(command(page.toString()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // Said above: the person opens it by hand.
        }
    }

    private static List<String> command(String page) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return List.of("open", page);
        }
        return system.startsWith("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", page)
                : List.of("xdg-open", page);
    }
}
