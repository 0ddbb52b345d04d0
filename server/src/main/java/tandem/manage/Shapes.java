package tandem.manage;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tandem.model.Api;
import tandem.model.ClientAuthenticationMethod;
import tandem.model.Connection;
import tandem.model.DevicePolicy;
import tandem.model.SigningAlgorithm;
import tandem.model.TokenDialect;
import tandem.oauth.GrantType;
import tandem.oauth.UserCode;

/// What each resource is written with: member by member, the same in files and in calls.
final class Shapes {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final int PASSWORD_MIN = 8;
    private static final int PASSWORD_MAX = 1024;
    private static final int SECRET_MIN = 8;
    private static final int SECRET_MAX = 500;
    private static final int DESCRIPTION_MAX = 200;

    private static final Rule ID =
            Rules.text(Spelling::isId, "an id of letters, digits, '-', '.', '_' and '~'");
    private static final Rule IDENTIFIER =
            Rules.text(Spelling::isIdentifier, "an identifier, such as https://api.acme.example/");
    private static final Rule EMAIL =
            Rules.text(Spelling::isEmail, "an e-mail address, such as ada@example.com");
    private static final Rule MASK =
            Rules.text(
                    mask -> mask.length() <= 20 && mask.matches("[* -]+"),
                    "a mask of at most 20 '*', '-' and spaces");
    private static final Rule ALGORITHM =
            Rules.oneOf(
                    Arrays.stream(SigningAlgorithm.values()).map(SigningAlgorithm::wire).toList());

    static final Shape TENANT =
            new Shape(
                    Map.of(
                            "friendly_name",
                            Rules.NAME,
                            "logo",
                            LogoFiles.RULE,
                            "default_audience",
                            IDENTIFIER,
                            "accent_color",
                            Rules.text(Spelling::isColour, "a colour, such as #0b6e69"),
                            "device_flow",
                            new Shape(
                                    Map.of(
                                            "charset",
                                            Rules.oneOf(Rules.words(UserCode.Charset.values())),
                                            "mask",
                                            MASK,
                                            "enabled",
                                            Rules.FLAG))));

    private static final Rule DESCRIPTION =
            Rules.text(
                    t -> Spelling.isLine(t, DESCRIPTION_MAX),
                    "one line of at most " + DESCRIPTION_MAX + " characters");

    static final Shape API =
            new Shape(
                            Map.of(
                                    "identifier",
                                    IDENTIFIER,
                                    "name",
                                    Rules.NAME,
                                    "scopes",
                                    Rules.listOf(
                                            new Shape(
                                                    Map.of(
                                                            "value",
                                                            Rules.SCOPE,
                                                            "description",
                                                            DESCRIPTION))),
                                    "authorization_details",
                                    Rules.listOf(
                                            new Shape(
                                                    Map.of(
                                                            "type",
                                                            Rules.SCOPE,
                                                            "description",
                                                            DESCRIPTION))),
                                    "token_lifetime",
                                    Rules.seconds(SECOND, Api.TOKEN_LIFETIME_MAX),
                                    "allow_offline_access",
                                    Rules.FLAG,
                                    "signing_alg",
                                    ALGORITHM,
                                    "token_dialect",
                                    Rules.oneOf(Rules.words(TokenDialect.values()))))
                    .lasting("identifier");

    private static final Rule NETWORK =
            (value, place) -> {
                if (value.isArray()) {
                    Rules.listOf(
                                    Rules.text(
                                            Spelling::isBlock,
                                            "an address or a block, such as 203.0.113.0/24"))
                            .check(value, place);
                } else {
                    Rules.oneOf(List.of("any", "warn", "same_network"), Set.of("same_country"))
                            .check(value, place);
                }
            };

    private static final Shape DEVICE_POLICY =
            new Shape(
                    Map.ofEntries(
                            Map.entry(
                                    "lifetime",
                                    Rules.seconds(
                                            DevicePolicy.LIFETIME_MIN, DevicePolicy.LIFETIME_MAX)),
                            Map.entry(
                                    "interval",
                                    Rules.seconds(
                                            DevicePolicy.INTERVAL_MIN, DevicePolicy.INTERVAL_MAX)),
                            Map.entry(
                                    "authentication", Rules.oneOf(List.of("required", "optional"))),
                            Map.entry("verification_uri_complete", Rules.FLAG),
                            Map.entry(
                                    "confirmation",
                                    Rules.oneOf(
                                            List.of("confirm"),
                                            Set.of("type_code", "number_match"))),
                            Map.entry("network", NETWORK),
                            Map.entry("scopes", Rules.listOf(Rules.SCOPE)),
                            Map.entry("require_dpop", Rules.FLAG),
                            Map.entry("require_reauthentication", Rules.FLAG),
                            Map.entry("max_links_per_user", Rules.whole(1, DevicePolicy.LINKS_MAX)),
                            Map.entry("users", Rules.listOf(EMAIL))));

    static final Shape CLIENT =
            new Shape(
                            Map.ofEntries(
                                    Map.entry("client_id", ID),
                                    Map.entry("name", Rules.NAME),
                                    Map.entry(
                                            "app_type",
                                            Rules.oneOf(
                                                    List.of(
                                                            "native",
                                                            "spa",
                                                            "regular_web",
                                                            "non_interactive"))),
                                    Map.entry("is_first_party", Rules.FLAG),
                                    Map.entry("logo", Rules.FILES_ONLY),
                                    Map.entry("enabled", Rules.FLAG),
                                    Map.entry(
                                            "token_endpoint_auth_method",
                                            Rules.oneOf(
                                                    Rules.words(
                                                            ClientAuthenticationMethod.values()))),
                                    Map.entry("jwks", KeySets.RULE),
                                    Map.entry("jwks_uri", KeySets.NOT_FETCHED),
                                    Map.entry(
                                            "client_secret", Rules.secret(SECRET_MIN, SECRET_MAX)),
                                    Map.entry(
                                            "grant_types",
                                            Rules.listOf(
                                                    Rules.oneOf(
                                                            Arrays.stream(GrantType.values())
                                                                    .map(GrantType::wire)
                                                                    .toList()))),
                                    Map.entry(
                                            "refresh_token",
                                            new Shape(
                                                    Map.of(
                                                            "leeway",
                                                            Rules.seconds(
                                                                    Duration.ZERO,
                                                                    Duration.ofHours(1)),
                                                            "token_lifetime",
                                                            Rules.seconds(SECOND, YEAR),
                                                            "idle_token_lifetime",
                                                            Rules.seconds(SECOND, YEAR)))),
                                    Map.entry("device_authorization", DEVICE_POLICY),
                                    Map.entry(
                                            "web_origins",
                                            Rules.listOf(
                                                    Rules.text(
                                                            Spelling::isOrigin,
                                                            "an origin, such as"
                                                                    + " https://tv.acme.example"))),
                                    Map.entry("id_token_signed_response_alg", ALGORITHM),
                                    Map.entry("connections", Rules.listOf(Rules.NAME))))
                    .lasting("client_id");

    static final Shape CLIENT_IN_FILE = CLIENT.with("logo", LogoFiles.RULE);

    static final Shape CLIENT_GRANT =
            new Shape(
                            Map.of(
                                    "client_id",
                                    ID,
                                    "audience",
                                    IDENTIFIER,
                                    "scope",
                                    Rules.listOf(Rules.SCOPE)))
                    .lasting("client_id", "audience", "scope");

    static final Shape CONNECTION =
            new Shape(
                            Map.of(
                                    "name",
                                    ID,
                                    "strategy",
                                    Rules.oneOf(Rules.words(Connection.Strategy.values())),
                                    "display_name",
                                    Rules.NAME,
                                    "options",
                                    new Shape(
                                            Map.of(
                                                    "issuer",
                                                    Rules.text(
                                                            Spelling::isIssuer,
                                                            "an https URL, such as"
                                                                    + " https://idp.example"),
                                                    "client_id",
                                                    Rules.secret(1, SECRET_MAX),
                                                    "client_secret",
                                                    Rules.secret(1, SECRET_MAX)))))
                    .lasting("name", "strategy");

    /// A person as calls write one; files may make an operator.
    static final Shape USER =
            new Shape(
                            Map.of(
                                    "email",
                                    EMAIL,
                                    "email_verified",
                                    Rules.FLAG,
                                    "name",
                                    Rules.NAME,
                                    "password",
                                    Rules.secret(PASSWORD_MIN, PASSWORD_MAX),
                                    "blocked",
                                    Rules.FLAG,
                                    "operator",
                                    Rules.FILES_ONLY))
                    .lasting("email");

    static final Shape USER_IN_FILE = USER.with("operator", Rules.FLAG);

    static final Shape FILE =
            new Shape(
                    Map.of(
                            "tenant", TENANT,
                            "resource_servers", Rules.listOf(API),
                            "clients", Rules.listOf(CLIENT_IN_FILE),
                            "client_grants", Rules.listOf(CLIENT_GRANT),
                            "connections", Rules.listOf(CONNECTION),
                            "users", Rules.listOf(USER_IN_FILE)));

    private Shapes() {}
}
