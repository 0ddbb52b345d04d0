package tandem.account;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Logger LOG = LoggerFactory.getLogger(ProviderDirectory.class);

    private final ProviderWire wire;
    private final LoadingCache<String, Optional<Known>> known;

    /// A provider as it describes itself.
    record Known(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys) {}

    ProviderDirectory(ProviderWire wire, InstantSource clock) {
        this.wire = wire;
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(PROVIDERS_MAX)
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .expireAfter(
                                Expiry.<String, Optional<Known>>creating(
                                        (issuer, found) -> found.isPresent() ? KEPT : DOWN_KEPT))
                        .build(this::discover);
    }

    /// Empty when the provider cannot be reached, or describes itself in a way not to be trusted.
    Optional<Known> of(String issuer) {
        return known.get(issuer);
    }

    /// What is known without asking.
    Optional<Known> remembered(String issuer) {
        var found = known.getIfPresent(issuer);
        return found == null ? Optional.empty() : found;
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
