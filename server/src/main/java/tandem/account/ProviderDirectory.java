package tandem.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.metric.Evictions;
import tandem.metric.Metrics;

/// What OpenID providers say of themselves, found by their issuer alone. [OpenID Connect Discovery
/// §4](https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig)
final class ProviderDirectory {

    /// How long a provider's metadata and keys are kept.
    static final Duration KEPT = Duration.ofHours(1);

    /// A provider that is down is asked again only after this: the next person in the queue should
    /// not wait for the same time-out.
    static final Duration DOWN_KEPT = Duration.ofSeconds(10);

    /// A key nobody knows makes the keys be fetched anew, at most this often.
    private static final Duration KEYS_PAUSE = Duration.ofSeconds(30);

    private static final int PROVIDERS_MAX = 1000;
    private static final int LOCKS = 16;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Logger LOG = LoggerFactory.getLogger(ProviderDirectory.class);

    private final ProviderWire wire;
    private final InstantSource clock;
    private final Evictions evicted = new Evictions();
    private final Cache<String, Answer> answers =
            Caffeine.newBuilder().maximumSize(PROVIDERS_MAX).evictionListener(evicted).build();

    /// Not the cache's own: one that waits for a provider under an entry's lock stops its upkeep
    /// too, and with it the JDK's common pool, in which the provider's answer arrives.
    private final List<Lock> locks =
            Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();

    /// A provider as it describes itself.
    record Known(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys) {}

    /// What came of asking, good for a time.
    private record Answer(Optional<Known> known, Instant until) {}

    ProviderDirectory(ProviderWire wire, InstantSource clock) {
        this.wire = wire;
        this.clock = clock;
    }

    void measure(Metrics metrics) {
        metrics.cache("providers", answers::estimatedSize, PROVIDERS_MAX, evicted::count);
    }

    /// Empty when the provider cannot be reached, or describes itself in a way not to be trusted.
    Optional<Known> of(String issuer) {
        return fresh(issuer).orElseGet(() -> askedOnce(issuer)).known();
    }

    /// What is known without asking.
    Optional<Known> remembered(String issuer) {
        return fresh(issuer).flatMap(Answer::known);
    }

    private Optional<Answer> fresh(String issuer) {
        return Optional.ofNullable(answers.getIfPresent(issuer))
                .filter(answer -> clock.instant().isBefore(answer.until()));
    }

    /// Whoever waited for another's question takes its answer.
    private Answer askedOnce(String issuer) {
        var lock = locks.get(Math.floorMod(issuer.hashCode(), LOCKS));
        lock.lock();
        try {
            return fresh(issuer).orElseGet(() -> ask(issuer));
        } finally {
            lock.unlock();
        }
    }

    private Answer ask(String issuer) {
        var known = discover(issuer);
        var kept = known.isPresent() ? KEPT : DOWN_KEPT;
        var answer = new Answer(known, clock.instant().plus(kept));
        answers.put(issuer, answer);
        return answer;
    }

    private Optional<Known> discover(String issuer) {
        try {
            boolean plain = issuer.startsWith("http:");
            check("the issuer", URI.create(issuer), plain);
            var metadata = OIDCProviderMetadata.parse(wire.document(document(issuer)));
            if (!metadata.getIssuer().getValue().equals(issuer)) {
                throw new IOException("its metadata names another issuer");
            }
            check("authorization_endpoint", metadata.getAuthorizationEndpointURI(), plain);
            check("token_endpoint", metadata.getTokenEndpointURI(), plain);
            check("jwks_uri", metadata.getJWKSetURI(), plain);
            if (metadata.getUserInfoEndpointURI() != null) {
                check("userinfo_endpoint", metadata.getUserInfoEndpointURI(), plain);
            }
            return Optional.of(new Known(metadata, keys(metadata.getJWKSetURI())));
        } catch (IOException | ParseException | IllegalArgumentException e) {
            LOG.warn("OpenID provider {} cannot be used: {}", issuer, e.getMessage());
            return Optional.empty();
        }
    }

    private JWKSource<SecurityContext> keys(URI uri) throws IOException {
        return JWKSourceBuilder.create(uri.toURL(), wire)
                .cache(KEPT.toMillis(), 3 * ProviderWire.PATIENCE.toMillis())
                .refreshAheadCache(false)
                .rateLimited(KEYS_PAUSE.toMillis())
                .build();
    }

    private static URI document(String issuer) {
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return URI.create(base + "/.well-known/openid-configuration");
    }

    /// Only https, so that nobody on the way reads or answers; a provider on this very machine may
    /// do without.
    private static void check(String what, @Nullable URI uri, boolean plainAllowed)
            throws IOException {
        boolean safe =
                uri != null
                        && uri.getHost() != null
                        && ("https".equals(uri.getScheme())
                                || (plainAllowed
                                        && "http".equals(uri.getScheme())
                                        && LOOPBACK.contains(uri.getHost())));
        if (!safe) {
            throw new IOException(what + " is missing or not https");
        }
    }
}
