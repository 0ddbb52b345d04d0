package tandem.conformance.wire;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// An answer, and what may be expected of one.
///
/// An expectation returns the answer itself, so that several stand in a row, or ends the case with
/// [Unmet].
public record Answer(
        Request request,
        int status,
        Map<String, List<String>> headers,
        String body,
        Duration took) {

    public static final Set<String> WAITING = Set.of("authorization_pending", "slow_down");

    public Optional<String> header(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        return headers.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase(name))
                .flatMap(e -> e.getValue().stream())
                .toList();
    }

    /// The media type without its parameters, in lower case; empty where there is none.
    public String type() {
        return header("Content-Type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    public JsonNode json() {
        return object().orElseThrow(() -> unmet("a JSON object", "\"" + start() + "\""));
    }

    public Optional<JsonNode> object() {
        return Json.read(body).filter(JsonNode::isObject);
    }

    public boolean has(String member) {
        return object().map(json -> json.has(member)).orElse(false);
    }

    /// A member that has to be a string with something in it.
    public String text(String member) {
        return find(member).orElseThrow(() -> unmet("a text \"" + member + "\"", seen(member)));
    }

    public Optional<String> find(String member) {
        return object().map(json -> json.path(member))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> !text.isEmpty());
    }

    /// A member that has to be a whole number above zero.
    public int positive(String member) {
        var value = json().path(member);
        if (!value.isIntegralNumber() || value.intValue() <= 0) {
            throw unmet("\"" + member + "\" as a JSON number above 0", seen(member));
        }
        return value.intValue();
    }

    /// The `error` of a refusal; empty where there is none.
    public String error() {
        return find("error").orElse("");
    }

    public boolean waits() {
        return WAITING.contains(error());
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    // Expectations

    public Answer is(Integer... statuses) {
        return expect(
                List.of(statuses).contains(status),
                "status "
                        + List.of(statuses).stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(" or ")),
                told());
    }

    /// Any refusal: the client's fault, told as one.
    public Answer isRefused() {
        return expect(status >= 400 && status < 500, "a refusal (4xx)", told());
    }

    /// A refusal that tells a device to end, not to wait.
    public Answer isRefusedForGood() {
        isRefused();
        return expect(!waits(), "a refusal for good", told());
    }

    public Answer isNoFault() {
        return expect(status < 500, "no fault of the server (below 500)", told());
    }

    /// An OAuth refusal with one of these codes.
    public Answer isError(String... codes) {
        var wanted = String.join(" or ", codes);
        expect(status >= 400 && status < 500, "a refusal with error " + wanted, told());
        return expect(List.of(codes).contains(error()), "error " + wanted, told());
    }

    /// An OAuth refusal with any code but for these.
    public Answer isErrorBut(String... codes) {
        isRefused();
        expect(!error().isEmpty(), "an OAuth error", told());
        return expect(!List.of(codes).contains(error()), "another error", told());
    }

    public Answer isPending() {
        return isError("authorization_pending");
    }

    public Answer isWaiting() {
        return isError("authorization_pending", "slow_down");
    }

    public Answer isJson() {
        expect(
                type().equals("application/json"),
                "Content-Type application/json",
                "\"" + type() + "\"");
        json();
        return this;
    }

    public Answer hasNo(String member) {
        return expect(!has(member), "no member \"" + member + "\"", seen(member));
    }

    public Answer isNotStored() {
        var control = String.join(", ", all("Cache-Control")).toLowerCase(Locale.ROOT);
        return expect(
                control.contains("no-store"), "Cache-Control: no-store", "\"" + control + "\"");
    }

    /// Holds, or ends the case.
    public Answer expect(boolean holds, String expected, String seen) {
        if (!holds) {
            throw unmet(expected, seen);
        }
        return this;
    }

    public Unmet unmet(String expected, String seen) {
        return new Unmet(expected, seen, this);
    }

    /// The status and the error, or the beginning of what came instead.
    public String told() {
        var error = error();
        var what = error.isEmpty() ? start() : error;
        return what.isEmpty() ? "status " + status : "status " + status + ", " + what;
    }

    /// As a report shows it, without its secrets.
    public String shown() {
        var text = new StringBuilder("HTTP ").append(status).append('\n');
        headers.forEach((name, values) ->
                values.forEach(value -> text.append(name).append(": ").append(value).append('\n')));
        return Veil.over(text.append('\n').append(body).toString());
    }

    private String seen(String member) {
        return object().map(json ->
                        json.has(member)
                                ? "\"" + member + "\": " + json.get(member)
                                : "no \"" + member + "\"")
                .orElseGet(this::told);
    }

    private String start() {
        var line = Veil.over(body).replaceAll("\\s+", " ").strip();
        return line.length() <= 120 ? line : line.substring(0, 120) + "…";
    }
}
