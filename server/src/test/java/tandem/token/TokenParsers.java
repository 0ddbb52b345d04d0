package tandem.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tandem.model.Api;
import tandem.model.Client;
import tandem.model.ClientAuthenticationMethod;
import tandem.model.DeviceFacts;
import tandem.model.DevicePolicy;
import tandem.model.RefreshPolicy;
import tandem.model.Registered;
import tandem.model.SigningAlgorithm;
import tandem.model.Tenant;
import tandem.model.TokenDialect;
import tandem.oauth.ClientId;
import tandem.oauth.Outcome;
import tandem.oauth.Scopes;
import tandem.oauth.UserCode;
import tandem.page.Languages;
import tandem.scenario.ClientKey;
import tandem.secret.SecretKeyFile;
import tandem.secret.SecretKeys;
import tandem.web.Form;
import tandem.web.TestRequest;

/// What clients, devices and people write, read by the rules alone: on any text they come to a
/// value or a refusal, and a signature of a known key to no more than a proof of what it says.
public final class TokenParsers {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ISSUER = "https://login.example.com";
    private static final String API = "https://api.acme.example/";

    private final SecretKeys keys;
    private final ClientKey key = ClientKey.of("ES256", "key");
    private final Registered registered;
    private final List<Api> apis;
    private final Languages languages = Languages.load();
    private final Issuer issuer = new Issuer(URI.create(ISSUER));
    private final DpopProofs proofs;
    private final ClientAssertions assertions = new ClientAssertions(issuer, () -> NOW);

    public TokenParsers(Path folder) throws java.io.IOException {
        keys = SecretKeyFile.open(folder.resolve("parsers.key"), new SecureRandom());
        proofs = new DpopProofs(keys, issuer, () -> NOW);
        apis = List.of(api());
        registered =
                Registered.of(1, Tenant.STANDARD, List.of(client()), apis, List.of(), List.of());
    }

    /// One text in the place of each parameter.
    public void readText(byte[] input) {
        var text = new String(input, UTF_8);
        for (var charset : UserCode.Charset.values()) {
            for (var code : UserCode.read(text, charset)) {
                must(
                        code.value().length() >= charset.lengthMin()
                                && code.value().chars().allMatch(c -> c > 0x2f && c < 0x5b),
                        "a code of other letters");
            }
        }
        Scopes.parse(text)
                .ifPresent(scopes ->
                        must(
                                Scopes.parse(scopes.toString()).equals(Optional.of(scopes)),
                                "scopes that are others when written"));
        for (var ui : DeviceFacts.locales(Optional.of(text)).stream().toList()) {
            languages.choose(ui, "");
        }
        languages.choose("", text);
        languages.choose(text, text);
        RefreshToken.read(keys, text).ifPresent(token -> must(false, "a token made elsewhere"));
        var form = form(text);
        told(ScopeRules.requested(client(), apis, Optional.of(text)));
        told(Audience.requested(registered, form));
        told(Audience.named(form, List.of(API)));
        told(CodeChallenge.requested(form));
        CodeChallenge.check(Optional.of("c".repeat(43)), Optional.of(text));
        details(form);
        assertions.client(registered, form);
    }

    /// A head and claims, each on a line, with a signature that is right.
    public void readSigned(byte[] input) {
        var lines = new String(input, UTF_8).split("\n", 2);
        var head = lines[0].replace("$JWK", key.unnamed().jwk()).replace("$KID", "key");
        var claims = lines.length < 2 ? "" : lines[1].replace("$NONCE", proofs.nonce());
        var jws = key.signs(head.getBytes(UTF_8), claims.getBytes(UTF_8));
        if (!head.contains("dpop")) {
            var form =
                    formOf(
                            "client_assertion_type="
                                    + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                                    + "&client_assertion="
                                    + jws);
            ClientAssertions.issuer(form);
            assertions.client(registered, form);
        } else if (claims.contains("ath")) {
            told(proofs.key(TestRequest.of("GET", "/userinfo", "DPoP", jws), Optional.of("token")));
        } else {
            told(proofs.key(TestRequest.of("POST", "/oauth/token", "DPoP", jws), Optional.empty()));
        }
    }

    private void details(Form form) {
        if (AuthorizationDetails.requested(apis, form)
                instanceof Outcome.Ok<Optional<String>>(var details)) {
            for (var element : AuthorizationDetails.elements(details)) {
                AuthorizationDetails.values(element);
            }
            AuthorizationDetails.at(Optional.of(api()), details);
        }
    }

    /// What is told must stand in a header as it is ([RFC 6749
    /// §5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)).
    private static void told(Outcome<? extends Object> outcome) {
        if (outcome instanceof Outcome.Refused<?>(var refusal)) {
            must(
                    refusal.description()
                            .chars()
                            .allMatch(c -> c >= 0x20 && c < 0x7f && c != '"' && c != '\\'),
                    "a description with other characters: " + refusal.description());
        }
    }

    private Form form(String text) {
        var value = URLEncoder.encode(text, UTF_8);
        return formOf(
                ("scope=%1$s&audience=%1$s&resource=%1$s&code_challenge=%1$s&code_challenge_method=S256"
                                + "&authorization_details=%1$s&client_assertion=%1$s"
                                + "&client_assertion_type="
                                + "urn%%3Aietf%%3Aparams%%3Aoauth%%3Aclient-assertion-type%%3Ajwt-bearer")
                        .formatted(value));
    }

    private static Form formOf(String text) {
        return TestRequest.form(text, "application/x-www-form-urlencoded").form().orElseThrow();
    }

    private static Api api() {
        return new Api(
                API,
                "Acme library",
                List.of(new Api.Scope("read:library", "See it")),
                Duration.ofHours(1),
                true,
                SigningAlgorithm.RS256,
                TokenDialect.ACCESS_TOKEN,
                List.of(new Api.DetailType("payment", "Pay")));
    }

    private Client client() {
        return new Client(
                new ClientId("kiosk"),
                "Kiosk",
                "native",
                true,
                true,
                ClientAuthenticationMethod.PRIVATE_KEY_JWT,
                Optional.empty(),
                List.of(key.jwk()),
                java.util.Set.of(),
                RefreshPolicy.STANDARD,
                DevicePolicy.STANDARD,
                SigningAlgorithm.RS256,
                Client.ID_TOKEN_LIFETIME,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static void must(boolean kept, String otherwise) {
        if (!kept) {
            throw new AssertionError(otherwise);
        }
    }
}
