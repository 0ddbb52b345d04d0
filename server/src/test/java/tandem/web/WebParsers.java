package tandem.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tandem.model.Origin;
import tandem.secret.SecretKeyFile;

/// The room's readers of what anybody sends, each for itself: on any bytes they come to a value.
public final class WebParsers {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final String PROXY = "10.0.0.1";

    private final SessionCookie cookies;
    private final FormGuard guard;
    private final Routes routes;

    public WebParsers(Path folder) throws IOException {
        var random = new SecureRandom();
        var keys = SecretKeyFile.open(folder.resolve("parsers.key"), random);
        cookies = new SessionCookie(keys, random, false);
        guard = new FormGuard(keys, java.net.URI.create("https://login.example.com"));
        routes =
                new Routes()
                        .area("/", OAuthAnswer::tell)
                        .get("/a", WebParsers::echo)
                        .get("/a/{part}/b", WebParsers::echo);
    }

    public void read(byte[] input) {
        var text = new String(input, UTF_8);
        Form.parse(input).ifPresent(WebParsers::look);
        Form.ofJson(input).ifPresent(WebParsers::look);
        TestRequest.form(text, "application/x-www-form-urlencoded").form();
        Target.path(text).ifPresent(path -> routes.handle(TestRequest.of("GET", path)));
        Agent.inWords(new Origin("192.0.2.1", text));
        address(text);
        // The library takes no other characters in a header.
        var line = text.replaceAll("[\\p{Cntrl}]", " ");
        var request =
                TestRequest.of(
                        "POST",
                        "/a",
                        "Content-Type",
                        line,
                        "Cookie",
                        line,
                        "Prefer",
                        line,
                        "Origin",
                        line,
                        "Sec-Fetch-Site",
                        line);
        request.form();
        request.jsonForm();
        request.cookie("tandem");
        must(cookies.of(request).isEmpty(), "a cookie that was not drawn here is adopted");
        var form = TestRequest.form("csrf=" + line, "application/x-www-form-urlencoded").form();
        var token = cookies.draw();
        must(
                !guard.passes(
                        TestRequest.get("/a"),
                        java.util.Optional.of(token),
                        form.orElse(Form.EMPTY),
                        "this"),
                "a form passes that was not shown");
        var wait = request.wait(MOST);
        must(!wait.isNegative() && wait.compareTo(MOST) <= 0, "waits longer than it may");
    }

    private static void address(String text) {
        var behind = new ClientAddress(List.of("10.0.0.0/8", "::1"));
        var found = behind.of(PROXY, List.of(text));
        must(!ClientAddress.network(found).isEmpty(), "an address without a network");
        must(
                new ClientAddress(List.of()).of("192.0.2.1", List.of(text)).equals("192.0.2.1"),
                "a stranger's word is believed");
    }

    private static void look(Form form) {
        for (var name : form.names()) {
            form.text(name);
            form.all(name);
        }
        form.repeated(Set.copyOf(form.names()));
    }

    private static Response echo(Request request) {
        return Response.json(200, Json.bytes(Map.of("path", request.path())));
    }

    private static void must(boolean kept, String otherwise) {
        if (!kept) {
            throw new AssertionError(otherwise);
        }
    }
}
