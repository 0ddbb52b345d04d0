package tandem.scenario;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /// The hidden fields of the page's form that is sent to `action`, by name.
    public Map<String, String> hidden(String action) {
        var fields = new LinkedHashMap<String, String>();
        var form =
                Pattern.compile("(?s)<form[^>]*action=\"" + Pattern.quote(action) + "\".*?</form>")
                        .matcher(body());
        if (form.find()) {
            var inputs =
                    Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")
                            .matcher(form.group());
            while (inputs.find()) {
                fields.put(inputs.group(1), inputs.group(2));
            }
        }
        return fields;
    }

    /// True when the page has a form that is sent to `action`.
    public boolean asks(String action) {
        return body().contains("action=\"" + action + "\"");
    }

    /// The first heading of the page, as text.
    public String heading() {
        var seen = body().replaceAll("(?s)<div[^>]* hidden[ >].*?</div>", "");
        var found = Pattern.compile("(?s)<h1[^>]*>(.*?)</h1>").matcher(seen);
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
