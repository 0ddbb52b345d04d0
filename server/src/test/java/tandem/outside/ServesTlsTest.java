package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tandem.scenario.TestBrowser;
import tandem.web.TestCertificate;

/// TLS without a proxy: the whole flow over it, and the starts that its files refuse.
@SuppressWarnings("NullAway.Init") // JUnit fills these in
class ServesTlsTest {
    private static final String FILES = "tls: { certificate: cert.pem, key: key.pem }\n";

    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    @TempDir private static Path made;
    private static TestCertificate good;
    private static TestCertificate other;
    private static TestCertificate expired;

    private Path folder;

    @BeforeAll
    static void make() {
        good = TestCertificate.in(made.resolve("good"), "EC");
        other = TestCertificate.in(made.resolve("other"), "RSA");
        expired =
                TestCertificate.in(
                        made.resolve("expired"), "EC", Instant.parse("2020-01-01T00:00:00Z"));
    }

    @BeforeEach
    void stand(@TempDir Path empty) {
        folder = empty;
        tandem.standsIn(folder);
    }

    private void lay(Path certificate, Path key) throws IOException {
        Files.copy(certificate, folder.resolve("cert.pem"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(key, folder.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void a_device_is_linked_over_tls(HttpClient.Version version) throws IOException {
        lay(good.certificate(), good.key());
        try (var client =
                HttpClient.newBuilder().sslContext(good.trusted()).version(version).build()) {
            tandem.speaksTlsTo(client);
            tandem.startsWith(folder, FILES);
            var device = tandem.device("tv");
            var browser = new TestBrowser(tandem.http());
            browser.approves(device, TandemProcess.EMAIL, TandemProcess.PASSWORD);
            assertThat(device.polls().status()).isEqualTo(200);
            assertThat(browser.cookies().keySet())
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("__Host-"));
            assertThat(tandem.output()).contains("TLS until ").doesNotContain("renew it");
        }
    }

    private Ran serve(String more, Map<String, String> environment) throws IOException {
        Files.writeString(
                folder.resolve("tandem.yaml"),
                "issuer: https://localhost:18443\nlisten: 0.0.0.0:0\n" + more);
        return Ran.in(folder, tandem.command("serve", "--config", "tandem.yaml"), environment);
    }

    private void assertRefused(String more, String... why) throws IOException {
        var ran = serve(more, TandemProcess.environment());
        assertThat(ran.status()).as(ran.output()).isEqualTo(1);
        assertThat(ran.output()).contains(why).doesNotContain("\tat ");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void an_expired_certificate_is_refused_with_its_date() throws IOException {
        lay(expired.certificate(), expired.key());
        assertRefused(
                FILES, "tandem.yaml:3: tls.certificate: the certificate expired on 2021-12-31");
    }

    @Test
    void a_key_of_another_certificate_is_refused() throws IOException {
        lay(good.certificate(), other.key());
        assertRefused(FILES, "tls.key: is not the key of the first certificate");
        lay(good.certificate(), expired.key());
        assertRefused(FILES, "tls.key: is not the key of the first certificate");
    }

    @Test
    void what_is_no_pem_is_refused() throws IOException {
        lay(good.key(), good.key());
        assertRefused(FILES, "tls.certificate: holds no certificate in PEM");
        lay(good.certificate(), good.certificate());
        assertRefused(FILES, "tls.key: holds no key in PEM");
        Files.writeString(folder.resolve("key.pem"), "-----BEGIN RSA PRIVATE KEY-----\n");
        assertRefused(FILES, "tls.key: holds a key of another form", "openssl pkcs8");
    }

    @Test
    void one_file_alone_is_refused() throws IOException {
        lay(good.certificate(), good.key());
        assertRefused("tls: { certificate: cert.pem }\n", "name tls.key as well");
        Files.delete(folder.resolve("key.pem"));
        assertRefused(FILES, "tls.key: there is no such file");
    }

    @Test
    void a_certificate_that_ends_soon_is_told_at_the_start() throws IOException {
        var ending =
                TestCertificate.in(
                        made.resolve("ending"), "EC", Instant.now().minus(Duration.ofDays(725)));
        lay(ending.certificate(), ending.key());
        try (var client = HttpClient.newBuilder().sslContext(ending.trusted()).build()) {
            tandem.speaksTlsTo(client);
            tandem.startsWith(folder, "tls:\n  certificate: cert.pem\n  key: key.pem\n");
            assertThat(tandem.output()).contains("the certificate ends on ", "renew it");
        }
    }
}
