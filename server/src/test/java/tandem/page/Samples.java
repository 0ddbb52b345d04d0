package tandem.page;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tandem.page.Consent.ApiScopes;
import tandem.page.Devices.LinkedDevice;
import tandem.page.Devices.Notice;
import tandem.page.Devices.OpenSession;
import tandem.page.Devices.Seen;
import tandem.page.EnterCode.CodeShape;
import tandem.page.EnterCode.CodeTrouble;
import tandem.page.RequestFacts.Network;
import tandem.page.SignIn.Option;

/// Every page in every state worth looking at, by name.
final class Samples {

    static final String LONG_NAME =
            "Acme Living-Room Television and Entertainment Companion, Second Edition, Deluxe";

    static final App TV = new App("Acme TV", Optional.empty(), true);
    private static final App LONG = new App(LONG_NAME, Optional.empty(), false);
    private static final Person ADA = new Person("ada@example.com", "csrf");
    private static final EntryForm FORM = new EntryForm("entry", "csrf");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MONTH = Duration.ofDays(30);

    private static final List<ScopeLine> SCOPES =
            List.of(
                    new ScopeLine("openid", ""),
                    new ScopeLine("read:shows", "See the shows you have saved"),
                    new ScopeLine("offline_access", ""));

    private static final List<ApiScopes> APIS =
            List.of(
                    new ApiScopes(
                            Optional.of("Acme Shows"),
                            List.of(
                                    new ScopeLine("read:shows", "See the shows you have saved"),
                                    new ScopeLine("write:shows", "Save shows for you"))),
                    new ApiScopes(
                            Optional.empty(),
                            List.of(
                                    new ScopeLine("openid", ""),
                                    new ScopeLine("profile", ""),
                                    new ScopeLine("email", ""))));

    private Samples() {}

    static Map<String, Page> all() {
        var pages = new LinkedHashMap<String, Page>();
        entering(pages);
        confirming(pages);
        signingIn(pages);
        consenting(pages);
        ending(pages);
        devices(pages);
        for (var kind : Trouble.Kind.values()) {
            var name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
            pages.put("trouble-" + name, new Trouble(500, kind, "3f9c2a71"));
        }
        return pages;
    }

    static Page named(String name) {
        return Objects.requireNonNull(all().get(name), name);
    }

    private static void entering(Map<String, Page> pages) {
        pages.put("enter", enter(CodeTrouble.NONE, "", Optional.empty()));
        pages.put("enter-signed-in", enter(CodeTrouble.NONE, "WDJBMJHT", Optional.of(ADA)));
        pages.put("enter-empty", enter(CodeTrouble.EMPTY, "", Optional.empty()));
        pages.put("enter-invalid", enter(CodeTrouble.INVALID, "WDJB-MJHX", Optional.empty()));
        pages.put("enter-again", enter(CodeTrouble.NOT_OURS, "WDJB-MJHT", Optional.empty()));
        pages.put("enter-break", enter(CodeTrouble.TOO_MANY, "", Optional.empty()));
        pages.put(
                "enter-digits",
                new EnterCode(
                        CodeTrouble.NONE,
                        "",
                        new CodeShape("***-***-***", true),
                        0,
                        Optional.empty(),
                        "csrf"));
    }

    private static EnterCode enter(CodeTrouble trouble, String typed, Optional<Person> person) {
        return new EnterCode(trouble, typed, CodeShape.LETTERS, 1, person, "csrf");
    }

    private static void confirming(Map<String, Page> pages) {
        pages.put("confirm", new Confirm("WDJB-MJHT", TV, facts(Network.SAME), SCOPES, FORM));
        pages.put(
                "confirm-away",
                new Confirm("WDJB-MJHT", LONG, facts(Network.DIFFERENT), SCOPES, FORM));
        var bare =
                new RequestFacts(
                        Duration.ofMinutes(9),
                        "2001:db8:85a3:8d3:1319:8a2e:370:7348",
                        Optional.empty(),
                        Optional.empty(),
                        Network.UNKNOWN,
                        Optional.empty(),
                        Optional.of("X-900"),
                        true);
        pages.put("confirm-old", new Confirm("WDJB-MJHT-BCDF-GHJK", TV, bare, List.of(), FORM));
    }

    private static RequestFacts facts(Network network) {
        return new RequestFacts(
                Duration.ofSeconds(40),
                "203.0.113.5",
                Optional.of("Bern, Switzerland"),
                Optional.of("Chrome on Android"),
                network,
                Optional.of("Living-room TV"),
                Optional.of("X-900"),
                false);
    }

    private static void signingIn(Map<String, Page> pages) {
        var password = new Option.Password();
        var google = new Option.Provider("google", "Acme Staff Directory");
        var both = List.<Option>of(password, google);
        pages.put("sign-in", signIn(both, new SignInTrouble.None(), ""));
        pages.put("sign-in-wrong", signIn(both, new SignInTrouble.Wrong(), "ada@example.com"));
        pages.put(
                "sign-in-provider-first",
                signIn(
                        List.of(google, new Option.Provider("b", "Town Library"), password),
                        new SignInTrouble.ProviderDown("Town Library"),
                        ""));
        pages.put(
                "sign-in-throttled", signIn(both, new SignInTrouble.Throttled(12), "a@b.example"));
        pages.put("sign-in-failed", signIn(both, new SignInTrouble.ProviderFailed("Bank"), ""));
        pages.put("sign-in-expired", signIn(both, new SignInTrouble.ExpiredAttempt(), ""));
        pages.put("sign-in-not-allowed", signIn(both, new SignInTrouble.NotAllowed(), ""));
        pages.put(
                "sign-in-again", signIn(both, new SignInTrouble.SignInAgain(), "ada@example.com"));
        pages.put("sign-in-none", signIn(List.of(), new SignInTrouble.None(), ""));
        pages.put(
                "sign-in-account",
                new SignIn(
                        Optional.empty(),
                        both,
                        new SignInTrouble.None(),
                        "",
                        Optional.empty(),
                        "csrf"));
    }

    private static SignIn signIn(List<Option> options, SignInTrouble trouble, String email) {
        return new SignIn(Optional.of(TV), options, trouble, email, Optional.of("entry"), "csrf");
    }

    private static void consenting(Map<String, Page> pages) {
        pages.put("consent", consent(TV, APIS, Network.SAME, Optional.of(MONTH)));
        pages.put("consent-long", consent(LONG, APIS, Network.DIFFERENT, Optional.of(MONTH)));
        pages.put("consent-final", consent(TV, List.of(), Network.SAME, Optional.empty()));
        var payment =
                new Consent.Detail(
                        "Pay for something once",
                        List.of(
                                new Consent.Value("amount value", "12.50"),
                                new Consent.Value("amount currency", "EUR"),
                                new Consent.Value("creditor", "Cinema am Markt")));
        pages.put("consent-details", consent(TV, APIS, List.of(payment)));
    }

    private static Consent consent(
            App app, List<ApiScopes> apis, Network network, Optional<Duration> stays) {
        return consent(app, apis, List.of(), network, stays);
    }

    private static Consent consent(App app, List<ApiScopes> apis, List<Consent.Detail> details) {
        return consent(app, apis, details, Network.SAME, Optional.empty());
    }

    private static Consent consent(
            App app,
            List<ApiScopes> apis,
            List<Consent.Detail> details,
            Network network,
            Optional<Duration> stays) {
        return new Consent(app, ADA, apis, details, stays, "WDJB-MJHT", facts(network), FORM);
    }

    private static void ending(Map<String, Page> pages) {
        pages.put("done-waiting", new Done(TV, false, "entry"));
        pages.put("done", new Done(TV, true, "entry"));
        pages.put("done-long", new Done(LONG, true, "entry"));
        pages.put("declined", new Declined(TV, true));
        pages.put("declined-consent", new Declined(TV, false));
        pages.put("expired", new Expired());
        pages.put("already-connected", new AlreadyDecided(TV, AlreadyDecided.Answer.CONNECTED));
        pages.put(
                "already-by-another",
                new AlreadyDecided(TV, AlreadyDecided.Answer.CONNECTED_BY_ANOTHER));
        pages.put("already-declined", new AlreadyDecided(TV, AlreadyDecided.Answer.DECLINED));
        for (var reason : NotAllowed.Reason.values()) {
            var name = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
            pages.put(
                    "not-allowed-" + name,
                    new NotAllowed(Optional.of(TV), reason, Optional.of(FORM)));
            pages.put(
                    "not-allowed-" + name + "-any",
                    new NotAllowed(Optional.empty(), reason, Optional.empty()));
        }
        pages.put("signed-out", new SignedOut());
    }

    private static void devices(Map<String, Page> pages) {
        var seen = new Seen(Duration.ofMinutes(5), "203.0.113.5", Optional.of("Bern, Switzerland"));
        var old = new Seen(Duration.ofDays(70), "198.51.100.7", Optional.empty());
        var linked =
                List.of(
                        new LinkedDevice("1", TV, "Living-room TV", seen, seen, HOUR, false),
                        new LinkedDevice("2", LONG, LONG_NAME, old, seen, HOUR, true),
                        new LinkedDevice("3", TV, "Acme TV", old, old, HOUR, false));
        var sessions =
                List.of(
                        new OpenSession("1", Optional.of("Firefox on Linux"), true, Duration.ZERO),
                        new OpenSession("2", Optional.of("Safari on iPhone"), false, MONTH),
                        new OpenSession("3", Optional.empty(), false, Duration.ofDays(800)));
        pages.put("devices", new Devices(ADA, linked, sessions, Optional.empty(), "csrf"));
        var notices =
                Map.of(
                        "unlinked", new Notice.Unlinked("Living-room TV", HOUR),
                        "unlinked-now", new Notice.Unlinked("Living-room TV", Duration.ZERO),
                        "renamed", new Notice.Renamed("Kitchen TV"),
                        "name-refused", new Notice.NameRefused(80),
                        "session-ended", new Notice.SessionEnded());
        notices.forEach((name, notice) ->
                pages.put(
                        "devices-" + name,
                        new Devices(
                                ADA,
                                List.of(),
                                sessions.subList(0, 1),
                                Optional.of(notice),
                                "csrf")));
        pages.put(
                "devices-none",
                new Devices(ADA, List.of(), sessions.subList(0, 1), Optional.empty(), "csrf"));
    }
}
