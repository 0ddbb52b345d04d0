package tandem.demo;

import io.nayuki.qrcodegen.QrCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tandem.web.Form;
import tandem.web.PageHeaders;
import tandem.web.Request;
import tandem.web.Response;
import tandem.web.Routes;

/// The demo's pages and the resources it needs.
public final class Demo {
    public static final String EMAIL = "ada@example.com";
    public static final String PASSWORD = "correct-horse-battery";

    private static final String FOLDER = "/tandem/demo/";
    private static final int QUIET_ZONE = 4;

    private final String activate;
    private final SampleApi api;

    /// @param issuer where the server is
    public Demo(URI issuer) {
        this.activate = issuer + "/activate";
        this.api = new SampleApi(issuer);
    }

    /// What is registered for the demo: a resource file.
    public static String resources() {
        return new String(read("resources.yaml"), StandardCharsets.UTF_8);
    }

    public void routes(Routes routes) {
        routes.get("/", request -> Response.seeOther("/demo/tv"))
                .get("/demo", request -> Response.seeOther("/demo/tv"))
                .get("/demo/tv", request -> page())
                .get("/demo/assets/tv.css", request -> file("tv.css", "text/css; charset=utf-8"))
                .get(
                        "/demo/assets/tv.js",
                        request -> file("tv.js", "text/javascript; charset=utf-8"))
                .get("/demo/qr.svg", this::qr)
                .get("/demo/api", api);
    }

    private static Response page() {
        return PageHeaders.protect(Response.html(200, read("tv.html")));
    }

    private static Response file(String name, String contentType) {
        return Response.of(200, contentType, read(name))
                .with("Cache-Control", "no-cache")
                .with("X-Content-Type-Options", "nosniff");
    }

    /// The QR code of an address under this server's own `/activate`, and of nothing else.
    private Response qr(Request request) {
        var text = request.query().orElse(Form.EMPTY).text("text").filter(this::isOurs);
        return text.map(Demo::svg)
                .map(svg -> Response.of(200, "image/svg+xml", svg.getBytes(StandardCharsets.UTF_8)))
                .map(response -> response.with("Cache-Control", "no-store"))
                .orElseGet(() -> Response.text(400, "text must begin with " + activate + "\n"));
    }

    private boolean isOurs(String text) {
        return text.startsWith(activate + "?") && text.length() < activate.length() + 64;
    }

    /// Dark on light whatever the page's colours, with the quiet zone scanners need.
    private static String svg(String text) {
        var code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        int side = code.size + 2 * QUIET_ZONE;
        var path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + QUIET_ZONE)
                            .append(' ')
                            .append(y + QUIET_ZONE)
                            .append("h1v1h-1z");
                }
            }
        }
        return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">\
        <rect width="%1$d" height="%1$d" fill="#fff"/><path d="%2$s" fill="#000"/></svg>
        """
                .formatted(side, path);
    }

    private static byte[] read(String name) {
        try (var stream =
                Optional.ofNullable(Demo.class.getResourceAsStream(FOLDER + name))
                        .orElseThrow(() -> new IllegalStateException("no file " + name))) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
