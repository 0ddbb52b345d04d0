package tandem.scenario;

import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the server answered, read as JSON or as a page.
public record Answer(HttpResponse<String> response) {

    private static final JsonMapper JSON = new JsonMapper();

    public int status() {
        return response.statusCode();
    }

    public String body() {
        return response.body();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    public JsonNode json() {
        return JSON.readTree(body());
    }

    /// A text member; empty text when there is none.
    public String text(String member) {
        return json().path(member).asString("");
    }

    public String error() {
        return text("error");
    }

    /// The claims of a JWT among the members, unverified.
    public JsonNode claims(String member) {
        var parts = text(member).split("\\.", -1);
        return JSON.readTree(java.util.Base64.getUrlDecoder().decode(parts[1]));
    }

    /// Where a redirect leads, without the issuer.
    public String location() {
        return header("Location").orElse("").replaceFirst("^http://[^/]*", "");
    }

    /// The value of a hidden field of the page.
    public Optional<String> hidden(String name) {
        var pattern =
                Pattern.compile(
                        "<input[^>]*name=\"" + name + "\"[^>]*value=\"([^\"]*)\"|<input[^>]*value=\""
                                + "([^\"]*)\"[^>]*name=\""
                                + name
                                + "\"");
        var found = pattern.matcher(body());
        return found.find()
                ? Optional.ofNullable(found.group(1)).or(() -> Optional.ofNullable(found.group(2)))
                : Optional.empty();
    }

    /// The first heading of the page, as text.
    public String heading() {
        var found = Pattern.compile("(?s)<h1[^>]*>(.*?)</h1>").matcher(body());
        return found.find() ? plain(found.group(1)) : "";
    }

    /// The page as text, without its markup.
    public String plain() {
        return plain(body());
    }

    private static String plain(String html) {
        return html.replaceAll("(?s)<(style|script|svg).*?</\\1>", " ")
                .replaceAll("<[^>]+>", " ")
                .replace("&amp;", "&")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
