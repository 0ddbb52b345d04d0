package tandem.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tandem.scenario.TestClock;

/// ID tokens as no honest provider would send them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdTokensTest {
    private static final String ISSUER = "https://idp.example";
    private static final String SECRET = "a client secret, long enough for HMAC";

    private final TestClock clock = new TestClock();
    private final IdTokens idTokens = new IdTokens(clock);
    private RSAKey key;
    private RSAKey strangersKey;
    private ECKey curveKey;
    private IdTokens.Expected expected;

    @BeforeAll
    void makeKeys() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        strangersKey = new RSAKeyGenerator(2048).keyID("one").generate();
        curveKey = new ECKeyGenerator(Curve.P_256).keyID("two").generate();
        var metadata =
                new OIDCProviderMetadata(
                        new Issuer(ISSUER),
                        List.of(SubjectType.PUBLIC),
                        URI.create(ISSUER + "/keys"));
        metadata.setIDTokenJWSAlgs(
                List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.HS256));
        var keys = new JWKSet(List.of(key.toPublicJWK(), curveKey.toPublicJWK()));
        expected =
                new IdTokens.Expected(
                        new ProviderDirectory.Known(metadata, new ImmutableJWKSet<>(keys)),
                        "tandem",
                        "our-nonce");
    }

    @Test
    void an_honest_token_names_its_person() throws Exception {
        assertThat(read(signed(honest().build())).getSubject()).isEqualTo("ada");
        var curved = sign(JWSAlgorithm.ES256, "two", new ECDSASigner(curveKey), honest().build());
        assertThat(read(curved).getSubject()).isEqualTo("ada");
    }

    @Test
    void a_token_for_somebody_else_is_refused() throws Exception {
        refused(honest().audience("another").build(), "aud");
        refused(honest().issuer("https://other.example").build(), "iss");
        refused(honest().audience(List.of("tandem", "another")).build(), "another client");
        refused(honest().claim("azp", "another").build(), "another client");
        var both = honest().audience(List.of("tandem", "another")).claim("azp", "tandem");
        assertThat(read(signed(both.build())).getSubject()).isEqualTo("ada");
    }

    @Test
    void a_token_of_another_trip_is_refused_without_a_word_of_the_nonce() throws Exception {
        refused(honest().claim("nonce", "another").build(), "another trip");
        refused(honest().claim("nonce", null).build(), "another trip");
        assertThatThrownBy(() -> read(signed(honest().claim("nonce", "another").build())))
                .hasMessageNotContaining("our-nonce");
    }

    @Test
    void a_token_out_of_its_time_is_refused() throws Exception {
        refused(honest().expirationTime(in(Duration.ofMinutes(-2))).build(), "Expired");
        refused(honest().issueTime(in(Duration.ofMinutes(2))).build(), "future");
        refused(honest().expirationTime(null).build(), "exp");
        var justOver = honest().expirationTime(in(Duration.ofSeconds(-30))).build();
        assertThat(read(signed(justOver)).getSubject()).isEqualTo("ada");
    }

    @Test
    void a_token_that_names_nobody_is_refused() throws Exception {
        refused(honest().subject(null).build(), "nobody");
        refused(honest().subject(" ").build(), "nobody");
        refused(honest().subject("a".repeat(256)).build(), "nobody");
    }

    @Test
    void a_token_that_the_provider_did_not_sign_is_refused() throws Exception {
        var claims = honest().build();
        assertThatThrownBy(() -> read(new PlainJWT(claims))).isInstanceOf(BadJOSEException.class);
        var strangers = sign(JWSAlgorithm.RS256, "one", new RSASSASigner(strangersKey), claims);
        assertThatThrownBy(() -> read(strangers)).isInstanceOf(BadJOSEException.class);
        var bySecret = sign(JWSAlgorithm.HS256, "one", new MACSigner(SECRET), claims);
        assertThatThrownBy(() -> read(bySecret)).isInstanceOf(BadJOSEException.class);
    }

    @Test
    void only_sane_words_of_how_somebody_signed_in_are_kept() {
        var claims =
                honest().claim("amr", List.of("pwd", "otp", "fed", "<b>", "A", 7, "pwd")).build();
        assertThat(new CodeExchange.Brought(claims, new BearerAccessToken()).amr())
                .containsExactly("fed", "pwd", "otp");
        assertThat(new CodeExchange.Brought(honest().build(), new BearerAccessToken()).amr())
                .containsExactly("fed");
    }

    private void refused(JWTClaimsSet claims, String why) throws JOSEException {
        var token = signed(claims);
        assertThatThrownBy(() -> read(token))
                .isInstanceOf(BadJOSEException.class)
                .hasMessageContaining(why);
    }

    private JWTClaimsSet read(JWT token) throws BadJOSEException, JOSEException {
        return idTokens.claims(token, expected);
    }

    private JWTClaimsSet.Builder honest() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject("ada")
                .audience("tandem")
                .claim("nonce", "our-nonce")
                .issueTime(in(Duration.ZERO))
                .expirationTime(in(Duration.ofMinutes(5)));
    }

    private SignedJWT signed(JWTClaimsSet claims) throws JOSEException {
        return sign(JWSAlgorithm.RS256, "one", new RSASSASigner(key), claims);
    }

    private static SignedJWT sign(
            JWSAlgorithm algorithm, String id, JWSSigner signer, JWTClaimsSet claims)
            throws JOSEException {
        var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(id).build(), claims);
        token.sign(signer);
        return token;
    }

    private Date in(Duration time) {
        Instant at = clock.instant().plus(time);
        return Date.from(at);
    }
}
