package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signing keys change while devices refresh and APIs verify: nobody notices.
@SuppressWarnings("NullAway.Init") // JUnit fills these in
class KeyRotationTest {
    private static final int DEVICES = 4;
    private static final int ROTATIONS = 8;

    private TestTandem tandem;

    @BeforeEach
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterEach
    void stop() {
        tandem.close();
    }

    /// As an API that keeps the key set for as long as it knows every key it meets.
    private final class KeysKept {
        private JWKSet keys = fetched();

        private JWKSet fetched() {
            try {
                return JWKSet.parse(tandem.http().get("/.well-known/jwks.json").body());
            } catch (java.text.ParseException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean verifies(SignedJWT token) throws Exception {
            var kid = token.getHeader().getKeyID();
            if (keys.getKeyByKeyId(kid) == null) {
                keys = fetched();
            }
            var key = keys.getKeyByKeyId(kid);
            return key != null && token.verify(new RSASSAVerifier(key.toRSAKey()));
        }
    }

    @Test
    void refreshing_and_verifying_go_on_while_the_keys_rotate() throws Exception {
        var over = new AtomicBoolean();
        Set<String> signers = ConcurrentHashMap.newKeySet();
        var done = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < DEVICES; i++) {
                var device = tandem.linkedTelevision();
                done.add(threads.submit(() -> refreshes(device, over, signers)));
            }
            var operator = tandem.operator("create:signing_keys");
            for (int i = 0; i < ROTATIONS; i++) {
                assertThat(operator.json("POST", "/api/v2/keys/signing/rotate", "").status())
                        .isEqualTo(201);
                Thread.sleep(100);
            }
            over.set(true);
            for (var device : done) {
                assertThat(device.get()).isGreaterThan(ROTATIONS);
            }
        }
        assertThat(signers).hasSizeGreaterThan(ROTATIONS / 2);
    }

    /// How often a device refreshed, verified and was let in, without one failure.
    private int refreshes(TestDevice device, AtomicBoolean over, Set<String> signers)
            throws Exception {
        var api = new KeysKept();
        var newest = "";
        int times = 0;
        try {
            while (!over.get() || times <= ROTATIONS) {
                var answer = device.refreshes();
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                newest = answer.text("access_token");
                var token = SignedJWT.parse(newest);
                signers.add(token.getHeader().getKeyID());
                assertThat(api.verifies(token)).as("signed by a published key").isTrue();
                assertThat(tandem.http().bearer(newest).get("/userinfo").status()).isEqualTo(200);
                times++;
            }
        } finally {
            over.set(true);
        }
        return times;
    }
}
