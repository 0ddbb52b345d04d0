package tandem.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the ID tokens of providers, and believes only what is signed, ours, and of this trip.
/// [OpenID Connect Core
/// §3.1.3.7](https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation)
///
/// @param clock the time by which a token is over
record IdTokens(InstantSource clock) {

    static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    /// A subject is at most 255 characters. [OpenID Connect Core
    /// §2](https://openid.net/specs/openid-connect-core-1_0.html#IDToken)
    private static final int SUBJECT_MAX = 255;

    /// Never `none`; never a keyed hash, whose key would be a client secret somebody chose.
    private static final Set<JWSAlgorithm> TRUSTED =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    /// What a token must be for.
    record Expected(ProviderDirectory.Known provider, String clientId, String nonce) {

        @Override
        public String toString() {
            return "Expected[…]";
        }
    }

    /// The claims of a token that is valid.
    ///
    /// @throws BadJOSEException when it is not
    /// @throws com.nimbusds.jose.KeySourceException when the provider's keys cannot be fetched
    JWTClaimsSet claims(JWT token, Expected expected) throws BadJOSEException, JOSEException {
        var metadata = expected.provider().metadata();
        var algorithms = new HashSet<>(TRUSTED);
        var offered = metadata.getIDTokenJWSAlgs();
        algorithms.retainAll(offered == null ? List.of(JWSAlgorithm.RS256) : offered);
        if (algorithms.isEmpty()) {
            throw new BadJWTException("the provider signs with no algorithm trusted here");
        }
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(algorithms, expected.provider().keys()));
        processor.setJWTClaimsSetVerifier(new Claims(clock, expected));
        return processor.process(token, null);
    }

    private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final InstantSource clock;
        private final Expected expected;

        Claims(InstantSource clock, Expected expected) {
            super(
                    expected.clientId(),
                    new JWTClaimsSet.Builder()
                            .issuer(expected.provider().metadata().getIssuer().getValue())
                            .build(),
                    Set.of("sub", "iat", "exp"));
            this.clock = clock;
            this.expected = expected;
            setMaxClockSkew((int) CLOCK_SKEW.toSeconds());
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }

        @Override
        public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
                throws BadJWTException {
            super.verify(claims, context);
            // The library asks only whether they are there: null counts as there.
            if (claims.getExpirationTime() == null || claims.getIssueTime() == null) {
                throw new BadJWTException("exp or iat is null");
            }
            var latest = clock.instant().plus(CLOCK_SKEW);
            if (claims.getIssueTime().toInstant().isAfter(latest)) {
                throw new BadJWTException("issued in the future");
            }
            var subject = claims.getSubject();
            if (subject == null || subject.isBlank() || subject.length() > SUBJECT_MAX) {
                throw new BadJWTException("names nobody");
            }
            var party = claims.getClaim("azp");
            if (party == null
                    ? claims.getAudience().size() > 1
                    : !party.equals(expected.clientId())) {
                throw new BadJWTException("issued to another client");
            }
            // Not left to the library, whose message would repeat it.
            if (!expected.nonce().equals(claims.getClaim("nonce"))) {
                throw new BadJWTException("issued for another trip");
            }
        }
    }
}
