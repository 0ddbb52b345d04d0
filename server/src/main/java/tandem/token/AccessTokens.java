package tandem.token;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tandem.keys.KeyRing;
import tandem.model.Account;
import tandem.model.Client;
import tandem.model.Link;
import tandem.oauth.ClientId;
import tandem.oauth.Scopes;
import tandem.store.Store;
import tandem.store.Tx;
import tandem.web.Json;
import tools.jackson.databind.JsonNode;

/// Reads access tokens that were issued here, and looks whether they still count.
///
/// Whoever verifies a token offline cannot know that its device was unlinked; here it is known at
/// once.
public record AccessTokens(Issuer issuer, KeyRing keys, Store store, InstantSource clock) {

    /// A token that counts.
    ///
    /// @param link present for a person's token, absent for a client's own
    public record Live(
            Client client,
            List<String> audience,
            Scopes scopes,
            Optional<Link> link,
            Optional<Account> account) {}

    /// What a token of ours says, whether or not it still counts.
    ///
    /// @param sid the link, for a person's token
    /// @param claims all of them, as they were signed
    public record Said(
            ClientId client,
            List<String> audience,
            Scopes scopes,
            Optional<String> sid,
            long expiresAt,
            JsonNode claims) {

        /// Thumbprint of the key the token is bound to ([RFC 9449
        /// §6](https://www.rfc-editor.org/rfc/rfc9449#section-6)).
        Optional<String> key() {
            return claims.path("cnf").path("jkt").stringValueOpt();
        }
    }

    /// Empty for anything that is no access token signed here: ID tokens lack `client_id` and
    /// `scope`.
    public Optional<Said> read(String token) {
        return keys.verified(token)
                .flatMap(jws -> Json.read(jws.getPayload().toBytes()))
                .filter(claims -> text(claims, "iss").filter(issuer.toString()::equals).isPresent())
                .filter(claims -> claims.has("client_id") && claims.has("scope"))
                .map(claims ->
                        new Said(
                                new ClientId(text(claims, "client_id").orElse("")),
                                audience(claims),
                                text(claims, "scope").flatMap(Scopes::parse).orElse(Scopes.NONE),
                                text(claims, "sid"),
                                claims.path("exp").asLong(0),
                                claims));
    }

    /// The token, unless it has expired, its link has ended, or its person or client is no longer
    /// allowed in.
    public Optional<Live> live(String token) {
        return read(token).flatMap(this::live);
    }

    Optional<Live> live(Said said) {
        return clock.instant().getEpochSecond() < said.expiresAt()
                ? store.read(tx -> live(tx, said))
                : Optional.empty();
    }

    private Optional<Live> live(Tx tx, Said said) {
        var client = tx.registered().client(said.client()).filter(Client::enabled);
        if (client.isEmpty()) {
            return Optional.empty();
        }
        if (said.sid().isEmpty()) {
            return Optional.of(
                    new Live(
                            client.get(),
                            said.audience(),
                            said.scopes(),
                            Optional.empty(),
                            Optional.empty()));
        }
        var link = tx.links().byId(said.sid().get()).filter(l -> l.ended().isEmpty());
        var account = link.flatMap(l -> tx.accounts().byId(l.userId())).filter(a -> !a.blocked());
        return account.map(
                person -> new Live(client.get(), said.audience(), said.scopes(), link, account));
    }

    private static Optional<String> text(JsonNode claims, String name) {
        var value = claims.get(name);
        return value == null || !value.isString()
                ? Optional.empty()
                : Optional.of(value.stringValue());
    }

    private static List<String> audience(JsonNode claims) {
        var aud = claims.path("aud");
        return aud.isArray()
                ? aud.valueStream().map(JsonNode::asString).toList()
                : List.of(aud.asString(""));
    }
}
