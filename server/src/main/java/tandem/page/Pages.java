package tandem.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Draws pages.
public final class Pages {

    private final TemplateEngine templates;
    private final Theme theme;
    private final Assets assets;

    Pages(TemplateEngine templates, Theme theme) {
        this.templates = templates;
        this.theme = theme;
        this.assets = Assets.load(theme);
    }

    /// Pages from the templates that were compiled with the server.
    public static Pages in(Theme theme) {
        return new Pages(TemplateEngine.createPrecompiled(ContentType.Html), theme);
    }

    /// The same pages in these looks.
    public Pages dressed(Theme other) {
        return other.equals(theme) ? this : new Pages(templates, other);
    }

    /// The files the pages name.
    public Assets assets() {
        return assets;
    }

    /// A page as HTML in UTF-8. Escaping leaves control characters as they are, in what somebody
    /// typed too, and HTML may not hold them ([HTML
    /// §13.2.3.5](https://html.spec.whatwg.org/#preprocessing-the-input-stream)).
    public byte[] draw(Page page, Texts texts) {
        var output = new StringOutput();
        var frame = new Frame(texts, theme, assets);
        templates.render(page.template(), Map.of("page", page, "frame", frame), output);
        return withoutControls(output.toString()).getBytes(StandardCharsets.UTF_8);
    }

    /// Every letter of every page comes by here: a pattern took a tenth of a server's time for it.
    private static String withoutControls(String html) {
        if (html.chars().noneMatch(Pages::control)) {
            return html;
        }
        return html.chars()
                .filter(letter -> !control(letter))
                .collect(
                        StringBuilder::new,
                        (kept, letter) -> kept.append((char) letter),
                        StringBuilder::append)
                .toString();
    }

    private static boolean control(int letter) {
        return letter < ' '
                ? letter != '\t' && letter != '\n' && letter != '\f' && letter != '\r'
                : letter >= 0x7F && letter <= 0x9F;
    }
}
