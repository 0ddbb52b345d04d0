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

    /// A page as HTML in UTF-8.
    public byte[] draw(Page page, Texts texts) {
        var output = new StringOutput();
        var frame = new Frame(texts, theme, assets);
        templates.render(page.template(), Map.of("page", page, "frame", frame), output);
        return output.toString().getBytes(StandardCharsets.UTF_8);
    }
}
