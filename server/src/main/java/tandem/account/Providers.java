package tandem.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.metric.Metrics;
import tandem.model.Account;
import tandem.model.Account.ProviderIdentity;
import tandem.model.Authentication;
import tandem.model.Connection;
import tandem.model.Session;
import tandem.model.Trip;
import tandem.oauth.SecretHash;
import tandem.secret.Purpose;
import tandem.secret.SecretKeys;
import tandem.store.Store;
import tandem.web.Form;

/// Sign-in at OpenID providers: sends a browser there, and reads what it brings back. [OpenID
/// Connect Core §3.1](https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth)
///
/// Whoever comes back is believed only in the browser that left: `state` is good once and in its
/// own session, PKCE ties the code to the trip, and the nonce ties the ID token to it.
public final class Providers {
    public static final String CALLBACK = "/login/callback";

    private static final int RANDOM_BYTES = 32;
    private static final Set<String> PARAMETERS = Set.of("state", "code", "error", "iss");
    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);

    private final Store store;
    private final SecretKeys keys;
    private final URI callback;
    private final InstantSource clock;
    private final SecureRandom random;
    private final ProviderDirectory directory;
    private final CodeExchange exchange;
    private final ProviderPeople people;

    public Providers(
            Store store, SecretKeys keys, URI issuer, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.keys = keys;
        this.callback = URI.create(issuer + CALLBACK);
        this.clock = clock;
        this.random = random;
        var wire = new ProviderWire();
        this.directory = new ProviderDirectory(wire, clock);
        this.exchange = new CodeExchange(wire, new IdTokens(clock), callback);
        this.people = new ProviderPeople(store, clock, random);
    }

    void measure(Metrics metrics) {
        directory.measure(metrics);
    }

    /// How a trip begins.
    public sealed interface Departure {
        /// The provider's page, where the browser is sent.
        record To(URI location) implements Departure {
            @Override
            public String toString() {
                return "To[…]";
            }
        }

        record Down() implements Departure {}
    }

    /// How a trip ends.
    public sealed interface Arrival {
        record Person(
                Account account,
                Authentication authentication,
                Connection connection,
                Optional<String> entry)
                implements Arrival {}

        /// The provider answered, but with nobody who may sign in here.
        record Failed(Connection connection, Optional<String> entry) implements Arrival {}

        /// The provider could not be reached to redeem the code.
        record Down(Connection connection, Optional<String> entry) implements Arrival {}

        /// No trip of this browser, or one that took too long.
        ///
        /// @param entry known only when the trip was this browser's
        record Expired(Optional<String> entry) implements Arrival {}
    }

    /// What a trip needs again at its end. Never shown.
    ///
    /// @param anew whether the provider was asked to have the person sign in anew
    private record Secrets(String nonce, String verifier, boolean anew) {
        private static final String BETWEEN = " ";
        private static final String ANEW = "anew";

        static Secrets read(String text) {
            var parts = text.split(BETWEEN, -1);
            return new Secrets(parts[0], parts[1], parts.length > 2 && parts[2].equals(ANEW));
        }

        String text() {
            return nonce + BETWEEN + verifier + (anew ? BETWEEN + ANEW : "");
        }

        @Override
        public String toString() {
            return "Secrets[…]";
        }
    }

    /// Begins a trip to the provider of a connection.
    ///
    /// @param entry what the person is doing, to go on with it
    /// @param anew whether a session the person has at the provider is not enough
    public Departure begin(
            Session session, Connection connection, Optional<String> entry, boolean anew) {
        var provider = provider(connection);
        var found = directory.of(provider.issuer());
        if (found.isEmpty()) {
            return new Departure.Down();
        }
        var state = secret();
        var secrets = new Secrets(secret(), secret(), anew);
        var trip =
                new Trip(
                        SecretHash.sha256(state),
                        session.id(),
                        connection.name(),
                        entry,
                        keys.seal(Purpose.PROVIDER, secrets.text()),
                        clock.instant());
        store.write(tx -> {
            tx.trips().add(trip);
            return true;
        });
        return new Departure.To(request(provider, found.get(), state, secrets).toURI());
    }

    private AuthenticationRequest request(
            Connection.Provider provider,
            ProviderDirectory.Known known,
            String state,
            Secrets secrets) {
        var request =
                new AuthenticationRequest.Builder(
                                ResponseType.CODE,
                                new Scope("openid", "profile", "email"),
                                new ClientID(provider.clientId()),
                                callback)
                        .endpointURI(known.metadata().getAuthorizationEndpointURI())
                        .state(new State(state))
                        .nonce(new Nonce(secrets.nonce()))
                        .codeChallenge(
                                new CodeVerifier(secrets.verifier()), CodeChallengeMethod.S256);
        return secrets.anew() ? request.maxAge(0).build() : request.build();
    }

    /// Ends a trip with what the browser brought to the callback.
    ///
    /// @param session the browser's, alive
    public Arrival arrive(Form query, Session session) {
        if (query.repeated(PARAMETERS).isPresent()) {
            return new Arrival.Expired(Optional.empty());
        }
        var trip =
                query.text("state")
                        .map(SecretHash::sha256)
                        .flatMap(state -> store.write(tx -> tx.trips().take(state)))
                        .filter(taken -> taken.session().equals(session.id()));
        if (trip.isEmpty()) {
            return new Arrival.Expired(Optional.empty());
        }
        var connection = store.registered().connection(trip.get().connection());
        return connection
                .filter(c -> c.provider().isPresent() && trip.get().live(clock.instant()))
                .map(c -> arrive(query, trip.get(), c))
                .orElseGet(() -> new Arrival.Expired(trip.get().entry()));
    }

    private Arrival arrive(Form query, Trip trip, Connection connection) {
        var code = query.text("code").filter(text -> !text.isBlank());
        if (code.isEmpty() || query.text("error").isPresent()) {
            return new Arrival.Failed(connection, trip.entry());
        }
        var provider = provider(connection);
        var found = directory.of(provider.issuer());
        if (found.isEmpty()) {
            return new Arrival.Down(connection, trip.entry());
        }
        if (!fromIssuer(query, found.get())) {
            return new Arrival.Failed(connection, trip.entry());
        }
        var secrets = Secrets.read(keys.open(Purpose.PROVIDER, trip.secrets()));
        var order =
                new CodeExchange.Order(
                        found.get(),
                        provider.clientId(),
                        keys.open(Purpose.PROVIDER, provider.clientSecret()),
                        code.get(),
                        secrets.verifier(),
                        secrets.nonce());
        try {
            return arrived(order, trip, connection, secrets.anew());
        } catch (IOException | KeySourceException e) {
            LOG.warn("connection {}: the provider is down: {}", connection.name(), e.getMessage());
            return new Arrival.Down(connection, trip.entry());
        } catch (BadJOSEException | JOSEException | ParseException e) {
            LOG.warn("connection {}: sign-in refused: {}", connection.name(), e.getMessage());
            return new Arrival.Failed(connection, trip.entry());
        }
    }

    private Arrival arrived(
            CodeExchange.Order order, Trip trip, Connection connection, boolean anew)
            throws IOException, ParseException, BadJOSEException, JOSEException {
        var brought = exchange.redeem(order);
        var signedInAt = brought.signedInAt();
        if (anew && !signedInAt.map(at -> during(trip, at)).orElse(false)) {
            LOG.warn("connection {}: nobody has signed in anew there", connection.name());
            return new Arrival.Failed(connection, trip.entry());
        }
        var issuer = provider(connection).issuer();
        var account =
                people.find(issuer, brought.subject())
                        .orElseGet(() ->
                                people.findOrMake(
                                        new ProviderIdentity(
                                                issuer, brought.subject(), connection.name()),
                                        exchange.told(order, brought)));
        if (account.blocked()) {
            return new Arrival.Failed(connection, trip.entry());
        }
        var now = clock.instant();
        var at = signedInAt.filter(now::isAfter).orElse(now);
        var authentication = new Authentication(at, brought.amr());
        return new Arrival.Person(account, authentication, connection, trip.entry());
    }

    /// Since the trip began, by clocks that may be a little apart. [OpenID Connect Core
    /// §3.1.2.1](https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest)
    private static boolean during(Trip trip, Instant signedInAt) {
        return !signedInAt.plus(IdTokens.CLOCK_SKEW).isBefore(trip.startedAt());
    }

    /// Origins that a sign-in form may lead to, for the page's `form-action`: each provider's
    /// issuer, and its authorization endpoint's once it is known. One that is not known yet is
    /// asked in the background, so that no page waits for it.
    public String formTargets(Collection<Connection> connections) {
        var origins = new TreeSet<String>();
        for (var connection : connections) {
            connection
                    .provider()
                    .map(Connection.Provider::issuer)
                    .ifPresent(issuer -> {
                        origins.add(origin(URI.create(issuer)));
                        var known = directory.remembered(issuer);
                        known.map(k -> k.metadata().getAuthorizationEndpointURI())
                                .map(Providers::origin)
                                .ifPresent(origins::add);
                        if (known.isEmpty()) {
                            Thread.startVirtualThread(() -> directory.of(issuer));
                        }
                    });
        }
        return String.join(" ", origins);
    }

    /// An answer by another provider than the one asked is an attack on the mix of both ([RFC 9207
    /// §2.4](https://www.rfc-editor.org/rfc/rfc9207#section-2.4)).
    private static boolean fromIssuer(Form query, ProviderDirectory.Known provider) {
        var metadata = provider.metadata();
        return query.text("iss")
                .map(metadata.getIssuer().getValue()::equals)
                .orElse(!metadata.supportsAuthorizationResponseIssuerParam());
    }

    private static Connection.Provider provider(Connection connection) {
        return connection
                .provider()
                .orElseThrow(() -> new IllegalArgumentException("a connection without a provider"));
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private String secret() {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
