package tandem.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Registered;
import tandem.model.SigningAlgorithm;
import tandem.model.SigningKey;
import tandem.secret.Purpose;
import tandem.secret.SecretKeys;
import tandem.store.Hold;
import tandem.store.Signal;
import tandem.store.Store;
import tandem.store.Tx;

/// The signing keys in use: for each algorithm one that signs, one published ahead of its turn, and
/// retired ones as long as what they signed may live.
public final class KeyRing {

    private static final int KID_BYTES = 12;

    /// Verifiers cache the JWKS this long or a little more; a retired key stays as much longer.
    private static final Duration OVERLAP = Duration.ofHours(1);

    private final Store store;
    private final SecretKeys secrets;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile Ring ring;

    /// One unchanging picture of the keys.
    private record Ring(
            Map<SigningAlgorithm, ActiveKey> current, Map<String, ActiveKey> byKid, String jwks) {}

    private KeyRing(Store store, SecretKeys secrets, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
        this.random = random;
        this.ring = load();
        store.listen(this::hear);
    }

    /// What the other node has told of is there; a fault leaves the old keys until the next look.
    private void hear(Signal signal) {
        switch (signal) {
            case Signal.KeysChanged() -> ring = load();
            case Signal.Decided(_), Signal.Counted(_, _, _), Signal.Silence() -> {}
        }
    }

    /// Loads the keys, and makes those that are missing.
    ///
    /// @throws tandem.secret.WrongSecretKey when the database was sealed under another secret key
    public static KeyRing open(
            Store store, SecretKeys secrets, InstantSource clock, SecureRandom random) {
        return new KeyRing(store, secrets, clock, random);
    }

    /// Signs a set of claims.
    ///
    /// @param claims JSON
    /// @return the compact form, [RFC 7515
    ///   §7.1](https://www.rfc-editor.org/rfc/rfc7515#section-7.1)
    public String sign(SigningAlgorithm algorithm, String typ, byte[] claims) {
        var key = currentKey(algorithm);
        var header =
                new JWSHeader.Builder(key.algorithm())
                        .type(new JOSEObjectType(typ))
                        .keyID(key.jwk().getKeyID())
                        .build();
        var jws = new JWSObject(header, new Payload(claims));
        try {
            jws.sign(key.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("could not sign with " + algorithm, e);
        }
        return jws.serialize();
    }

    /// The claims of a token that one of these keys has signed, and its header; empty for anything
    /// else. Whether it still counts is the caller's to say.
    public Optional<JWSObject> verified(String compact) {
        return CompactJws.parse(compact).filter(this::signedHere);
    }

    private boolean signedHere(JWSObject jws) {
        var kid = jws.getHeader().getKeyID();
        var key = kid == null ? null : ring.byKid().get(kid);
        try {
            return key != null
                    && key.algorithm().equals(jws.getHeader().getAlgorithm())
                    && jws.verify(key.verifier());
        } catch (JOSEException | IllegalStateException e) {
            return false;
        }
    }

    /// The public keys. [RFC 7517 §5](https://www.rfc-editor.org/rfc/rfc7517#section-5)
    public String jwks() {
        return ring.jwks();
    }

    /// Moves every algorithm on: `next` signs from now on, `current` retires.
    ///
    /// @return the ids of the keys that sign now
    public List<String> rotate(Event.About by) {
        var fresh = new EnumMap<SigningAlgorithm, SigningKey>(SigningAlgorithm.class);
        for (var algorithm : SigningAlgorithm.values()) {
            fresh.put(algorithm, draw(algorithm, SigningKey.State.NEXT));
        }
        store.write(tx -> {
            tx.hold(Hold.SIGNING_KEYS);
            var now = clock.instant();
            for (var key : tx.signingKeys().all()) {
                switch (key.state()) {
                    case NEXT -> {}
                    case CURRENT ->
                            tx.signingKeys().save(key.retired(now.plus(longest(tx.registered()))));
                    case RETIRED -> {}
                }
            }
            for (var key : tx.signingKeys().all()) {
                if (key.state() == SigningKey.State.NEXT) {
                    tx.signingKeys().save(key.activated());
                }
            }
            fresh.values().forEach(tx.signingKeys()::add);
            tx.events().add(Event.of(EventType.KEY_ROTATED, now, by));
            tx.tell(new Signal.KeysChanged());
            return fresh.size();
        });
        ring = load();
        return ring.current().values().stream().map(key -> key.jwk().getKeyID()).toList();
    }

    /// Takes up what another node has changed, and forgets retired keys whose time is over.
    public void refresh() {
        store.write(tx -> tx.signingKeys().sweep(clock.instant()));
        ring = load();
    }

    private ActiveKey currentKey(SigningAlgorithm algorithm) {
        var key = ring.current().get(algorithm);
        if (key == null) {
            throw new IllegalStateException("no key for " + algorithm);
        }
        return key;
    }

    private Ring load() {
        var keys = store.read(tx -> tx.signingKeys().all());
        var missing = missing(keys);
        if (!missing.isEmpty()) {
            store.write(tx -> addAll(tx, missing));
            keys = store.read(tx -> tx.signingKeys().all());
        }
        var current = new EnumMap<SigningAlgorithm, ActiveKey>(SigningAlgorithm.class);
        var byKid = new HashMap<String, ActiveKey>();
        var published = new ArrayList<JWK>();
        for (var key : keys) {
            var active =
                    ActiveKey.of(
                            key.algorithm(), secrets.open(Purpose.SIGNING_KEY, key.privateJwk()));
            byKid.put(key.kid(), active);
            published.add(active.jwk());
            if (key.state() == SigningKey.State.CURRENT) {
                current.put(key.algorithm(), active);
            }
        }
        return new Ring(current, byKid, new JWKSet(published).toString(true));
    }

    private List<SigningKey> missing(List<SigningKey> keys) {
        var missing = new ArrayList<SigningKey>();
        for (var algorithm : SigningAlgorithm.values()) {
            for (var state : List.of(SigningKey.State.CURRENT, SigningKey.State.NEXT)) {
                boolean there =
                        keys.stream()
                                .anyMatch(key ->
                                        key.algorithm() == algorithm && key.state() == state);
                if (!there) {
                    missing.add(draw(algorithm, state));
                }
            }
        }
        return missing;
    }

    /// Two nodes starting at once both draw keys; the database takes the first of each.
    private static boolean addAll(Tx tx, List<SigningKey> keys) {
        boolean all = true;
        for (var key : keys) {
            all &= tx.signingKeys().add(key);
        }
        return all;
    }

    private SigningKey draw(SigningAlgorithm algorithm, SigningKey.State state) {
        var id = new byte[KID_BYTES];
        random.nextBytes(id);
        var jwk = ActiveKey.generate(algorithm, HexFormat.of().formatHex(id));
        return new SigningKey(
                jwk.getKeyID(),
                algorithm,
                state,
                jwk.toPublicJWK().toJSONString(),
                secrets.seal(Purpose.SIGNING_KEY, jwk.toJSONString()),
                clock.instant(),
                Optional.<Instant>empty());
    }

    /// The longest that anything signed here may live, and the overlap.
    private static Duration longest(Registered registered) {
        var longest = OVERLAP;
        for (var api : registered.apis().values()) {
            longest = max(longest, api.tokenLifetime());
        }
        for (var client : registered.clients().values()) {
            longest = max(longest, client.idTokenLifetime());
        }
        return longest.plus(OVERLAP);
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
