package tandem.fuzz;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tandem.model.Approval;
import tandem.model.Authentication;
import tandem.model.DeviceAuthorization;
import tandem.model.RowId;
import tandem.oauth.DeviceCode;
import tandem.oauth.SecretHash;
import tandem.scenario.TestBrowser;
import tandem.scenario.TestTandem;

/// What inputs name instead of holding it: codes, tokens, forms with their cookies. Made when first
/// named, and anew when an answer may have used it up.
final class Values {
    private static final String[] ASKS = {
        "scope", "openid profile email offline_access read:library", "audience", TestTandem.API
    };

    private final TestTandem tandem;
    private final RandomGenerator random = new SecureRandom();
    private final Map<String, Map<String, String>> made = new HashMap<>();

    Values(TestTandem tandem) {
        this.tandem = tandem;
    }

    /// A name nobody knows stays what it is.
    String of(String name) {
        var group = group(name);
        if (!made.containsKey(group)) {
            made.put(group, make(group));
        }
        return made.getOrDefault(group, Map.of()).getOrDefault(name, "{" + name + "}");
    }

    /// A refresh token serves again within its leeway, and time stands still; so does all that is
    /// only looked at.
    void used(String path, Set<String> names) {
        switch (path) {
            case "/oauth/device/code", "/oauth/introspect", "/userinfo" -> {}
            case "/oauth/token" -> made.remove("code");
            default -> names.forEach(name -> made.remove(group(name)));
        }
    }

    /// After the operator may have changed anything.
    void allUsed() {
        made.clear();
    }

    private static String group(String name) {
        return switch (name) {
            case "pending", "user_code" -> "pending";
            case "refresh", "access", "id_token" -> "link";
            default -> name.endsWith("_cookie") ? name.substring(0, name.length() - 7) : name;
        };
    }

    private Map<String, String> make(String group) {
        return switch (group) {
            case "pending" -> pending();
            case "code" -> Map.of("code", approved());
            case "link" -> link();
            case "ops" -> Map.of("ops", operator());
            case "issuer" -> Map.of("issuer", tandem.issuer());
            case "printer" -> Map.of("printer", basic());
            case "enter" -> form(group, tandem.browser().opens("/activate"), "/activate");
            case "confirm" -> form(group, entered("tv", tandem.browser()), "/activate/confirm");
            case "consent" ->
                    form(group, entered("radio", signedIn()).confirms(), "/activate/consent");
            case "login" -> form(group, tandem.browser().opens("/login"), "/login");
            case "unlink" -> account(group, "/account/unlink");
            case "rename" -> account(group, "/account/rename");
            case "end" -> account(group, "/account/sessions/end");
            case "logout" -> form(group, signedIn().opens("/account"), "/logout");
            default -> Map.of();
        };
    }

    private Map<String, String> pending() {
        var device = tandem.device("tv", ASKS);
        return Map.of("pending", device.deviceCode(), "user_code", device.userCode());
    }

    /// A code like one that was asked for, and approved: as if both had happened at another node,
    /// since the pages would take most of the time there is.
    private String approved() {
        var now = tandem.clock().instant();
        var asked = new DeviceCode(tandem.device("tv", ASKS).deviceCode());
        var code = DeviceCode.random(random);
        var signedIn = new Authentication(now, List.of("pwd"));
        tandem.server()
                .store()
                .write(tx -> {
                    var codes = tx.deviceAuthorizations();
                    var like = codes.byDeviceCode(asked.hash()).orElseThrow();
                    var other =
                            new DeviceAuthorization(
                                    RowId.next(now, random),
                                    code.hash(),
                                    SecretHash.sha256("user code of " + code.value()),
                                    like.request(),
                                    like.askedAt(),
                                    like.expiresAt(),
                                    false,
                                    0,
                                    new DeviceAuthorization.State.Pending());
                    var scopes = like.access().scopes();
                    return codes.add(other)
                            && codes.approve(
                                    other.id(),
                                    new Approval("usr_ada", scopes, signedIn, now),
                                    now);
                });
        return code.value();
    }

    private Map<String, String> link() {
        var answer =
                tandem.http()
                        .post(
                                "/oauth/token",
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:device_code",
                                "device_code",
                                approved(),
                                "client_id",
                                "tv");
        return Map.of(
                "refresh",
                answer.text("refresh_token"),
                "access",
                answer.text("access_token"),
                "id_token",
                answer.text("id_token"));
    }

    private String operator() {
        return tandem.http()
                .post(
                        "/oauth/token",
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        "ops",
                        "client_secret",
                        TestTandem.SECRET,
                        "audience",
                        tandem.issuer() + "/api/v2/")
                .text("access_token");
    }

    private static String basic() {
        return Base64.getEncoder()
                .encodeToString(("printer:" + TestTandem.SECRET).getBytes(StandardCharsets.UTF_8));
    }

    private TestBrowser entered(String client, TestBrowser browser) {
        return browser.enters(tandem.device(client, ASKS).userCode());
    }

    private Map<String, String> account(String group, String action) {
        of("refresh"); // something to unlink
        return form(group, signedIn().opens("/account"), action);
    }

    /// A session that inputs can end: its cookie is kept apart, since signing in is slow on
    /// purpose.
    private TestBrowser signedIn() {
        var cookie = made.getOrDefault("session", Map.of()).getOrDefault("session", "");
        var browser = tandem.browser();
        browser.cookies().put("tandem", cookie);
        if (cookie.isEmpty() || browser.get("/account").status() != 200) {
            browser = tandem.browser().opens("/login");
            browser.signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
            made.put("session", Map.of("session", browser.cookies().getOrDefault("tandem", "")));
        }
        return browser;
    }

    /// The hidden fields of a form as a body begins, and the cookie they go with.
    private static Map<String, String> form(String group, TestBrowser browser, String action) {
        var fields =
                browser.page().hidden(action).entrySet().stream()
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining("&"));
        return Map.of(
                group, fields, group + "_cookie", browser.cookies().getOrDefault("tandem", ""));
    }
}
