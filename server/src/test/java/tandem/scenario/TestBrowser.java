package tandem.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A browser without JavaScript: keeps cookies, reads hidden fields, follows redirects on request.
public final class TestBrowser {
    private Http http;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private Answer page;

    public TestBrowser(Http http) {
        this.http = http;
        this.page = get("/activate");
    }

    /// The page last seen.
    public Answer page() {
        return page;
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    /// From now on its requests reach another node; it does not notice.
    public TestBrowser servedBy(TestTandem node) {
        http = node.http();
        return this;
    }

    /// Opens a page and follows where it leads.
    public TestBrowser opens(String path) {
        page = follow(get(path));
        return this;
    }

    public TestBrowser enters(String userCode) {
        opens("/activate");
        return submits("/activate", "user_code", userCode);
    }

    /// "Yes, it's my device."
    public TestBrowser confirms() {
        return submits("/activate/confirm", "answer", "yes");
    }

    /// "No, I didn't start this."
    public TestBrowser declines() {
        return submits("/activate/confirm", "answer", "no");
    }

    public TestBrowser signsIn(String email, String password) {
        return submits("/login", "email", email, "password", password);
    }

    public TestBrowser allows() {
        return submits("/activate/consent", "answer", "allow");
    }

    public TestBrowser refuses() {
        return submits("/activate/consent", "answer", "deny");
    }

    /// The whole way of a person who owns the device.
    public TestBrowser approves(TestDevice device, String email, String password) {
        enters(device.userCode()).confirms();
        if (page.asks("/login")) {
            signsIn(email, password);
        }
        if (page.asks("/activate/consent")) {
            allows();
        }
        return this;
    }

    /// Posts the form of the page last seen: its hidden fields, and what is typed.
    public TestBrowser submits(String path, String... typed) {
        page = follow(post(path, typed));
        return this;
    }

    /// The same, without following the redirect.
    public Answer post(String path, String... typed) {
        var form = new LinkedHashMap<>(page.hidden(path));
        for (int i = 0; i < typed.length; i += 2) {
            form.put(typed[i], typed[i + 1]);
        }
        var flat =
                form.entrySet().stream()
                        .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                        .toArray(String[]::new);
        return keepCookies(withCookies().post(path, flat));
    }

    public Answer get(String path) {
        return keepCookies(withCookies().get(path));
    }

    private Answer follow(Answer answer) {
        var at = answer;
        for (int hops = 0; at.status() == 303 && hops < 10; hops++) {
            at = get(at.location());
        }
        return at;
    }

    private Http withCookies() {
        return cookies.isEmpty()
                ? http
                : http.with(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(c -> c.getKey() + "=" + c.getValue())
                                .collect(Collectors.joining("; ")));
    }

    private Answer keepCookies(Answer answer) {
        for (var header : answer.response().headers().allValues("Set-Cookie")) {
            var pair = header.substring(0, header.indexOf(';'));
            int equals = pair.indexOf('=');
            if (header.contains("Max-Age=0")) {
                cookies.remove(pair.substring(0, equals));
            } else {
                cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return answer;
    }
}
