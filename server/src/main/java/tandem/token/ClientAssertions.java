package tandem.token;

import com.nimbusds.jose.JWSObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import tandem.keys.CompactJws;
import tandem.keys.VerifyingKey;
import tandem.metric.Metrics;
import tandem.model.Client;
import tandem.model.ClientAuthenticationMethod;
import tandem.model.Registered;
import tandem.oauth.ClientId;
import tandem.web.Form;
import tandem.web.Json;
import tools.jackson.databind.JsonNode;

/// Clients that prove who they are by a JWT signed with a key of their own: no secret leaves them.
/// [RFC 7523 §3](https://www.rfc-editor.org/rfc/rfc7523#section-3), [OpenID Connect Core
/// §9](https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication)
///
/// The audience is one string, the issuer or the token endpoint: an assertion made for several
/// servers could be passed on by one of them to another.
public final class ClientAssertions {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration AHEAD_MAX = Duration.ofMinutes(5);
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final Set<String> audiences;
    private final InstantSource clock;
    private final UsedOnce used;

    public ClientAssertions(Issuer issuer, InstantSource clock) {
        this.audiences = Set.of(issuer.toString(), issuer.at(Issuer.TOKEN));
        this.clock = clock;
        this.used = new UsedOnce(UsedOnce.KEPT_MAX, clock);
    }

    /// Tells how many are remembered.
    public void measure(Metrics metrics) {
        used.measure(metrics, "client_assertions");
    }

    /// True when a client tries to authenticate in this way.
    static boolean presented(Form form) {
        return form.text("client_assertion").isPresent()
                || form.text("client_assertion_type").isPresent();
    }

    /// Who an assertion says it is from; nothing is verified.
    static Optional<String> issuer(Form form) {
        return form.text("client_assertion")
                .flatMap(CompactJws::parse)
                .flatMap(jws -> Json.read(jws.getPayload().toBytes()))
                .flatMap(claims -> text(claims, "iss"));
    }

    /// The client that an assertion proves. Whatever is wrong with it, the answer is the same.
    Optional<Client> client(Registered registered, Form form) {
        var jws =
                form.text("client_assertion_type")
                        .filter(TYPE::equals)
                        .flatMap(type -> form.text("client_assertion"))
                        .flatMap(CompactJws::parse);
        var claims = jws.flatMap(j -> Json.read(j.getPayload().toBytes()));
        var client =
                claims.flatMap(c -> text(c, "iss"))
                        .filter(id -> form.text("client_id").map(id::equals).orElse(true))
                        .flatMap(id -> registered.client(new ClientId(id)))
                        .filter(ClientAssertions::mayAssert);
        if (client.isEmpty() || !signed(client.get(), jws.orElseThrow())) {
            return Optional.empty();
        }
        return client.filter(c -> holds(c, claims.orElseThrow()));
    }

    private static boolean mayAssert(Client client) {
        return client.enabled()
                && client.authenticationMethod() == ClientAuthenticationMethod.PRIVATE_KEY_JWT;
    }

    private static boolean signed(Client client, JWSObject jws) {
        return client.publicKeys().stream()
                .map(VerifyingKey::of)
                .anyMatch(key -> key.verifies(jws));
    }

    private boolean holds(Client client, JsonNode claims) {
        var now = clock.instant();
        var jti = text(claims, "jti");
        var exp = seconds(claims, "exp");
        boolean good =
                text(claims, "sub").filter(client.id().value()::equals).isPresent()
                        && text(claims, "aud").filter(audiences::contains).isPresent()
                        && exp > at(now.minus(SKEW))
                        && exp <= at(now.plus(AHEAD_MAX).plus(SKEW))
                        && begun(claims, "iat", now)
                        && begun(claims, "nbf", now);
        // Looked up last: an assertion that is refused for another reason uses nothing up.
        return good
                && jti.isPresent()
                && used.first(
                        client.id().value() + '\n' + jti.get(),
                        Instant.ofEpochSecond((long) exp).plus(SKEW).plusSeconds(1));
    }

    private static boolean begun(JsonNode claims, String name, Instant now) {
        return !claims.has(name) || seconds(claims, name) <= at(now.plus(SKEW));
    }

    private static double at(Instant instant) {
        return instant.getEpochSecond();
    }

    /// A `NumericDate`, which may have a fraction; nothing compares to one that is missing.
    private static double seconds(JsonNode claims, String name) {
        var value = claims.path(name);
        return value.isNumber() ? value.asDouble(Double.NaN) : Double.NaN;
    }

    private static Optional<String> text(JsonNode claims, String name) {
        return claims.path(name).stringValueOpt().filter(text -> !text.isEmpty());
    }
}
