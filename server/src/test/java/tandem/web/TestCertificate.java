package tandem.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate of this machine that vouches for itself, made by the JDK's own tool.
///
/// @param trustStore a PKCS #12 file that trusts it and nothing else, with [#STORE_PASSWORD]
public record TestCertificate(Path certificate, Path key, Path trustStore, SSLContext trusted) {
    public static final String STORE_PASSWORD = "changeit";
    private static final char[] PASSWORD = STORE_PASSWORD.toCharArray();
    private static final Duration LIFETIME = Duration.ofDays(730);

    /// Holds a year before and after today.
    public static TestCertificate in(Path folder, String algorithm) {
        return in(folder, algorithm, Instant.now().minus(LIFETIME.dividedBy(2)));
    }

    public static TestCertificate in(Path folder, String algorithm, Instant from) {
        try {
            Files.createDirectories(folder);
            var store = folder.resolve(algorithm + System.nanoTime() + ".p12");
            make(store, algorithm, from);
            var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
            var certificate = keys.getCertificate("test");
            var trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("test", certificate);
            var trusts = TrustManagerFactory.getInstance("PKIX");
            trusts.init(trust);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trusts.getTrustManagers(), null);
            return new TestCertificate(
                    pem(folder.resolve("cert.pem"), "CERTIFICATE", certificate.getEncoded()),
                    pem(
                            folder.resolve("key.pem"),
                            "PRIVATE KEY",
                            keys.getKey("test", PASSWORD).getEncoded()),
                    written(trust, folder.resolve("trust.p12")),
                    context);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path written(KeyStore store, Path file)
            throws IOException, GeneralSecurityException {
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
        return file;
    }

    private static Path pem(Path file, String what, byte[] encoded) throws IOException {
        var text = Base64.getMimeEncoder().encodeToString(encoded);
        return Files.writeString(
                file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private static void make(Path store, String algorithm, Instant from) throws IOException {
        var start =
                DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT)
                        .withZone(ZoneId.systemDefault())
                        .format(from);
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-startdate",
                        start,
                        "-validity",
                        Long.toString(LIFETIME.toDays()),
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
