package tandem.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tandem.oauth.Sealed;
import tandem.oauth.SecretHash;

/// The keys of the secret key file, newest first, and what is done with them.
///
/// The newest key makes; all of them recognise, so that a key can be changed without ending
/// anything that lives.
public final class SecretKeys {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int DERIVED_BYTES = 32;

    private final List<Keys> newestFirst;
    private final SecureRandom random;

    /// One key of the file with everything derived from it.
    private record Keys(String id, Map<Purpose, SecretKey> derived) {}

    SecretKeys(List<SecretKeyFile.Key> newestFirst, SecureRandom random) {
        this.newestFirst = newestFirst.stream().map(SecretKeys::derive).toList();
        this.random = random;
    }

    /// The keyed hash under the newest key: HMAC-SHA256.
    public SecretHash hash(Purpose purpose, String secret) {
        return SecretHash.of(mac(purpose, secret.getBytes(StandardCharsets.UTF_8)));
    }

    /// The keyed hashes under every key, newest first: what a remembered one may equal.
    public List<SecretHash> hashes(Purpose purpose, String secret) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        return newestFirst.stream().map(keys -> SecretHash.of(mac(keys, purpose, bytes))).toList();
    }

    /// True when `hash` was made of `secret` under one of the keys.
    public boolean matches(Purpose purpose, String secret, SecretHash hash) {
        boolean found = false;
        for (var candidate : hashes(purpose, secret)) {
            found |= candidate.matches(hash);
        }
        return found;
    }

    /// 32 bytes of HMAC-SHA256 under the newest key.
    public byte[] mac(Purpose purpose, byte[] message) {
        return mac(newestFirst.getFirst(), purpose, message);
    }

    /// The same under every key, newest first.
    public List<byte[]> macs(Purpose purpose, byte[] message) {
        return newestFirst.stream().map(keys -> mac(keys, purpose, message)).toList();
    }

    /// True when `mac` begins the HMAC of `message` under one of the keys; constant time.
    public boolean authentic(Purpose purpose, byte[] message, byte[] mac) {
        boolean found = false;
        for (var candidate : macs(purpose, message)) {
            found |= MessageDigest.isEqual(Arrays.copyOf(candidate, mac.length), mac);
        }
        return found && mac.length >= 16;
    }

    /// Encrypts what must be read back.
    public Sealed seal(Purpose purpose, String plain) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var newest = newestFirst.getFirst();
        var encrypted =
                crypt(
                        Cipher.ENCRYPT_MODE,
                        newest,
                        purpose,
                        nonce,
                        plain.getBytes(StandardCharsets.UTF_8));
        var value = Arrays.copyOf(nonce, nonce.length + encrypted.length);
        System.arraycopy(encrypted, 0, value, nonce.length, encrypted.length);
        return new Sealed(
                newest.id() + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(value));
    }

    /// Reads a sealed value back.
    ///
    /// @throws WrongSecretKey when none of the keys made it
    public String open(Purpose purpose, Sealed sealed) {
        int colon = sealed.value().indexOf(':');
        var id = sealed.value().substring(0, Math.max(colon, 0));
        var keys =
                newestFirst.stream()
                        .filter(candidate -> candidate.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new WrongSecretKey(id));
        var value = Base64.getUrlDecoder().decode(sealed.value().substring(colon + 1));
        var plain =
                crypt(
                        Cipher.DECRYPT_MODE,
                        keys,
                        purpose,
                        Arrays.copyOf(value, NONCE_BYTES),
                        Arrays.copyOfRange(value, NONCE_BYTES, value.length));
        return new String(plain, StandardCharsets.UTF_8);
    }

    /// The id of the newest key, to be named in backups and messages; not secret.
    public String newestId() {
        return newestFirst.getFirst().id();
    }

    private static Keys derive(SecretKeyFile.Key key) {
        var derived = new EnumMap<Purpose, SecretKey>(Purpose.class);
        try {
            var hkdf = KDF.getInstance("HKDF-SHA256");
            for (var purpose : Purpose.values()) {
                var info = purpose.info().getBytes(StandardCharsets.UTF_8);
                var bytes =
                        hkdf.deriveData(
                                HKDFParameterSpec.ofExtract()
                                        .addIKM(key.ikm())
                                        .thenExpand(info, DERIVED_BYTES));
                derived.put(purpose, new SecretKeySpec(bytes, "AES"));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HKDF-SHA256", e);
        }
        return new Keys(key.id(), derived);
    }

    private static byte[] mac(Keys keys, Purpose purpose, byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(keys.derived().get(purpose));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HMAC-SHA256", e);
        }
    }

    private static byte[] crypt(int mode, Keys keys, Purpose purpose, byte[] nonce, byte[] in) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            var parameters = new GCMParameterSpec(TAG_BITS, nonce);
            cipher.init(mode, keys.derived().get(purpose), parameters);
            return cipher.doFinal(in);
        } catch (GeneralSecurityException e) {
            throw new WrongSecretKey(keys.id());
        }
    }
}
