package tandem.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import tandem.model.Access;
import tandem.model.Account;
import tandem.model.Account.PasswordHash;
import tandem.model.Account.ProviderIdentity;
import tandem.model.Api;
import tandem.model.Approval;
import tandem.model.Authentication;
import tandem.model.Binding;
import tandem.model.Client;
import tandem.model.ClientAuthenticationMethod;
import tandem.model.DeviceAuthorization;
import tandem.model.DeviceFacts;
import tandem.model.DevicePolicy;
import tandem.model.Link;
import tandem.model.NetworkPolicy;
import tandem.model.Origin;
import tandem.model.RefreshPolicy;
import tandem.model.RowId;
import tandem.model.Session;
import tandem.model.SigningAlgorithm;
import tandem.model.TokenDialect;
import tandem.oauth.ClientId;
import tandem.oauth.DeviceCode;
import tandem.oauth.GrantType;
import tandem.oauth.Scopes;
import tandem.oauth.SecretHash;

/// Records to store, each unlike the one before and with something in every part.
public final class Records {

    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    public static final Duration LIFETIME = Duration.ofMinutes(10);
    public static final ClientId TV = new ClientId("tv");
    public static final String API = "https://api.example/";
    public static final Authentication SIGNED_IN =
            new Authentication(NOW.minusSeconds(60), List.of("pwd", "fed"));

    private static final AtomicLong COUNT = new AtomicLong();

    private Records() {}

    public static SecretHash hash() {
        return SecretHash.sha256("secret " + COUNT.incrementAndGet());
    }

    public static Origin origin() {
        return new Origin("192.0.2." + COUNT.incrementAndGet() % 256, "Browser/1.0 (a; b)");
    }

    public static DeviceAuthorization asked() {
        return asked(NOW);
    }

    public static DeviceAuthorization asked(Instant at) {
        return DeviceAuthorization.asked(
                new RowId(COUNT.incrementAndGet()),
                new DeviceCode("device " + COUNT.incrementAndGet()),
                hash(),
                new DeviceAuthorization.Request(
                        TV,
                        new Access(
                                Scopes.of("openid", "read:library"),
                                List.of(API, "https://other.example/"),
                                Optional.of("[{\"type\":\"payment\"}]")),
                        new Binding(
                                Optional.of("challenge"), Optional.of("key"), Optional.of(hash())),
                        origin(),
                        new DeviceFacts(
                                Optional.of("Living room"),
                                Optional.of("X-1"),
                                Optional.of("de en"))),
                LIFETIME,
                at);
    }

    public static Approval approval(String userId) {
        return new Approval(userId, Scopes.of("openid"), SIGNED_IN, NOW);
    }

    public static Link link(DeviceAuthorization asked, String userId) {
        return new Link(
                "lnk_" + COUNT.incrementAndGet(),
                asked.id(),
                userId,
                asked.client(),
                asked.access(),
                asked.binding().key(),
                SIGNED_IN,
                "Living room",
                new Link.Seen(NOW, origin()),
                new Link.Seen(NOW.plusSeconds(1), origin()),
                NOW.plus(Duration.ofDays(30)),
                Optional.of(
                        new Link.Refresh(
                                1, hash(), Optional.empty(), NOW, NOW.plus(Duration.ofDays(15)))),
                Optional.empty(),
                Optional.empty());
    }

    public static Link link(String userId) {
        return link(asked(), userId);
    }

    public static Account account(String email) {
        return new Account(
                "usr_" + COUNT.incrementAndGet(),
                Optional.of(email),
                true,
                Optional.of("Ada Lovelace"),
                Optional.of(new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA")),
                Optional.empty(),
                false,
                true,
                NOW,
                NOW.plusSeconds(5));
    }

    public static Account account(ProviderIdentity identity) {
        return new Account(
                "usr_" + COUNT.incrementAndGet(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(identity),
                true,
                false,
                NOW,
                NOW);
    }

    public static Session session(Optional<Session.SignedIn> signedIn) {
        var id = "ses_" + COUNT.incrementAndGet();
        return new Session(id, hash(), signedIn, NOW, NOW.plusSeconds(9), origin());
    }

    public static Session session(String userId) {
        return session(Optional.of(new Session.SignedIn(userId, "passwords", SIGNED_IN)));
    }

    public static Client client(String id) {
        return new Client(
                new ClientId(id),
                "Acme TV",
                "native",
                true,
                false,
                ClientAuthenticationMethod.CLIENT_SECRET_POST,
                Optional.of(SecretHash.sha256("secret of " + id)),
                List.of("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + id + "\"}"),
                Set.of(GrantType.DEVICE_CODE, GrantType.REFRESH_TOKEN),
                new RefreshPolicy(Duration.ofSeconds(30), Duration.ofDays(90), Duration.ofDays(20)),
                policy(),
                SigningAlgorithm.ES256,
                Duration.ofHours(2),
                List.of("https://tv.example"),
                Optional.of(List.of("passwords", "corp")),
                Optional.of("/logos/tv.png"));
    }

    private static DevicePolicy policy() {
        return new DevicePolicy(
                Duration.ofMinutes(5),
                Duration.ofSeconds(7),
                false,
                false,
                new NetworkPolicy(
                        NetworkPolicy.Rule.BLOCKS, List.of("192.0.2.0/24", "2001:db8::/32")),
                Optional.of(Scopes.of("openid", "read:library")),
                true,
                true,
                3,
                Optional.of(List.of("ada@example.com")));
    }

    public static Api api(String identifier) {
        return new Api(
                identifier,
                "Acme library",
                List.of(
                        new Api.Scope("read:library", "See what you have watched"),
                        new Api.Scope("write:library", "Change it")),
                Duration.ofMinutes(20),
                true,
                SigningAlgorithm.EDDSA,
                TokenDialect.RFC9068_PROFILE);
    }
}
