package tandem.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// What the listener shows who it is with: a certificate, those that vouch for it, and its key.
///
/// One that can be made was read whole: the key is the certificate's, and the certificate has begun
/// and not ended. Its text says nothing of the key.
public final class TlsIdentity {

    private static final int FILE_MAX = 64 * 1024;
    private static final byte[] PROBE = "does the key fit?".getBytes(StandardCharsets.US_ASCII);
    private static final char[] NO_PASSWORD = {};
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");

    private final List<X509Certificate> chain;
    private final SSLContext context;

    /// Why two files make no identity.
    public static final class Unfit extends Exception {
        private final boolean aboutKey;

        Unfit(boolean aboutKey, String message) {
            super(message);
            this.aboutKey = aboutKey;
        }

        /// True when the key's file is to blame, else the certificate's.
        public boolean aboutKey() {
            return aboutKey;
        }
    }

    private TlsIdentity(List<X509Certificate> chain, SSLContext context) {
        this.chain = chain;
        this.context = context;
    }

    /// What both files hold, unread. Buffers, because they are equal by content and do not print
    /// it.
    record Pem(ByteBuffer certificate, ByteBuffer key) {
        static Pem read(Path certificate, Path key) throws Unfit {
            return new Pem(
                    ByteBuffer.wrap(content(certificate, false)),
                    ByteBuffer.wrap(content(key, true)));
        }
    }

    /// Reads both files.
    ///
    /// @param now when the certificate must hold
    public static TlsIdentity read(Path certificate, Path key, Instant now) throws Unfit {
        return of(Pem.read(certificate, key), now);
    }

    static TlsIdentity of(Pem pem, Instant now) throws Unfit {
        var chain = chain(pem.certificate().array());
        var first = chain.getFirst();
        var key = key(pem.key().array(), first.getPublicKey());
        if (now.isAfter(first.getNotAfter().toInstant())) {
            throw new Unfit(false, "the certificate expired on " + day(first.getNotAfter()));
        }
        if (now.isBefore(first.getNotBefore().toInstant())) {
            throw new Unfit(false, "the certificate begins only on " + day(first.getNotBefore()));
        }
        return new TlsIdentity(chain, context(chain, key));
    }

    /// The last moment of the certificate.
    public Instant until() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    SSLContext context() {
        return context;
    }

    private static byte[] content(Path file, boolean isKey) throws Unfit {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(FILE_MAX + 1);
            if (bytes.length > FILE_MAX) {
                throw new Unfit(isKey, "is longer than any PEM file of its kind");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new Unfit(isKey, "there is no such file");
        } catch (IOException e) {
            throw new Unfit(isKey, "cannot be read; give it to the server's user");
        }
    }

    private static List<X509Certificate> chain(byte[] pem) throws Unfit {
        try {
            var found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            // told below: what the JDK says of it helps nobody
        }
        throw new Unfit(false, "holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }

    private static PrivateKey key(byte[] pem, PublicKey of) throws Unfit {
        var text = new String(pem, StandardCharsets.ISO_8859_1);
        var found = KEY.matcher(text);
        if (!found.find()) {
            throw new Unfit(
                    true,
                    OTHER_KEY.matcher(text).find()
                            ? "holds a key of another form; write it anew with openssl pkcs8 -topk8"
                                    + " -nodes"
                            : "holds no key in PEM (-----BEGIN PRIVATE KEY-----)");
        }
        try {
            var encoded = Base64.getMimeDecoder().decode(found.group(1));
            var key =
                    KeyFactory.getInstance(of.getAlgorithm())
                            .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            if (fits(key, of)) {
                return key;
            }
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            // told below: a key of another algorithm looks just like a broken one
        } catch (GeneralSecurityException e) {
            throw new Unfit(false, "its algorithm " + of.getAlgorithm() + " is not known here");
        }
        throw new Unfit(true, "is not the key of the first certificate in tls.certificate");
    }

    private static boolean fits(PrivateKey key, PublicKey of) throws GeneralSecurityException {
        var name =
                switch (of.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> of.getAlgorithm();
                };
        var signing = Signature.getInstance(name);
        signing.initSign(key);
        signing.update(PROBE);
        var signature = signing.sign();
        var verifying = Signature.getInstance(name);
        verifying.initVerify(of);
        verifying.update(PROBE);
        return verifying.verify(signature);
    }

    private static SSLContext context(List<X509Certificate> chain, PrivateKey key) throws Unfit {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("tandem", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, NO_PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new Unfit(false, "cannot be used: " + e.getMessage());
        }
    }

    private static LocalDate day(Date date) {
        return LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC);
    }
}
