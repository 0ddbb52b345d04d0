package tandem.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The listener behind TLS: the same strict reader, and a handshake that is kept to a deadline.
@SuppressWarnings("NullAway.Init") // JUnit fills these in
class TlsTest {
    private static final Deadlines HASTY =
            new Deadlines(
                    Duration.ofMillis(400),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(2),
                    Duration.ofMillis(500),
                    Duration.ofMillis(200));

    /// A record that says 200 bytes of handshake follow, and the first of them.
    private static final String BEGIN_OF_HANDSHAKE = "\26\3\1\0\310\1";

    @TempDir private static Path folder;
    private static TestCertificate own;
    private static SmallServer server;

    @BeforeAll
    static void start() throws TlsIdentity.Unfit {
        own = TestCertificate.in(folder.resolve("own"), "EC");
        server = SmallServer.with(SmallServer.PATIENT, files(own));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TlsFiles files(TestCertificate of) throws TlsIdentity.Unfit {
        return TlsFiles.open(of.certificate(), of.key(), InstantSource.system());
    }

    static Stream<AbuseCase> cases() {
        return HttpAbuseTest.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void what_is_abuse_in_the_open_is_abuse_behind_tls(AbuseCase sent) throws IOException {
        HttpAbuseTest.assertAnswered(sent, RawConnection.secure(server.port(), own.trusted()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void keys_of_these_kinds_are_taken(String algorithm) throws Exception {
        var certificate = TestCertificate.in(folder.resolve(algorithm), algorithm);
        try (var listening = SmallServer.with(SmallServer.PATIENT, files(certificate));
                var connection = RawConnection.secure(listening.port(), certificate.trusted())) {
            connection.send(AbuseCase.get("/ok"));
            assertThat(connection.answer()).map(RawConnection.Answer::body).contains("ok");
        }
    }

    @Test
    void every_answer_says_to_come_by_https_only() throws Exception {
        for (var target : new String[] {"/ok", "/none", "/fault", "no-target"}) {
            try (var connection = RawConnection.secure(server.port(), own.trusted())) {
                connection.send(AbuseCase.get(target));
                assertThat(connection.answer().orElseThrow().header("strict-transport-security"))
                        .as(target)
                        .contains("max-age=31536000");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1"})
    void old_versions_are_refused(String version) throws Exception {
        // The JDK's own client would not even try: the greeting is written by hand.
        try (var connection = RawConnection.to(server.port())) {
            connection.send(OldGreeting.of(version));
            assertThat(connection.bytes(7))
                    .as("a fatal alert: protocol_version")
                    .startsWith(21)
                    .endsWith(2, 70);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void versions_of_today_are_spoken(String version) throws Exception {
        try (var socket = connect(own, server)) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", BEGIN_OF_HANDSHAKE})
    void a_handshake_that_does_not_end_is_ended(String begin) throws Exception {
        try (var hasty = SmallServer.with(HASTY, files(own));
                var connection = RawConnection.to(hasty.port())) {
            long began = System.nanoTime();
            connection.send(begin);
            assertThat(connection.rest()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isGreaterThanOrEqualTo(HASTY.head())
                    .isLessThan(Duration.ofSeconds(10));
            awaitNobody(hasty);
        }
    }

    @Test
    void a_handshake_byte_by_byte_gains_no_time() throws Exception {
        try (var hasty = SmallServer.with(HASTY, files(own));
                var connection = RawConnection.to(hasty.port())) {
            connection.send(BEGIN_OF_HANDSHAKE);
            long began = System.nanoTime();
            while (connection.offer("\0")) {
                Thread.sleep(20);
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .isLessThan(Duration.ofSeconds(3));
            }
        }
    }

    private static void awaitNobody(SmallServer server) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (server.server().connections() > 0 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(server.server().connections()).isZero();
    }

    @Test
    void who_would_rather_speak_http2_is_served_by_http1() throws Exception {
        try (var client =
                HttpClient.newBuilder()
                        .sslContext(own.trusted())
                        .version(HttpClient.Version.HTTP_2)
                        .build()) {
            var uri = URI.create("https://localhost:" + server.port() + "/ok");
            var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        }
    }

    @Test
    void who_speaks_nothing_but_http2_is_told_in_the_handshake() throws Exception {
        try (var socket = connect(own, server)) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            assertThatThrownBy(socket::startHandshake)
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("no_application_protocol");
        }
    }

    @Test
    void a_new_pair_counts_for_new_connections_once_it_is_whole() throws Exception {
        var first = TestCertificate.in(folder.resolve("first"), "EC");
        var second = TestCertificate.in(folder.resolve("second"), "RSA");
        var files = files(first);
        try (var listening = SmallServer.with(SmallServer.PATIENT, files);
                var old = RawConnection.secure(listening.port(), first.trusted())) {
            old.send(AbuseCase.get("/ok"));
            assertThat(old.answer()).isPresent();

            replace(second.certificate(), first.certificate());
            files.look();
            assertThat(shown(first, listening)).as("half a pair").isEqualTo("EC");

            replace(second.key(), first.key());
            files.look();
            assertThat(shown(second, listening)).isEqualTo("RSA");
            old.send(AbuseCase.get("/next"));
            assertThat(old.answer()).map(RawConnection.Answer::body).contains("next");

            Files.writeString(first.key(), "nonsense");
            Files.delete(first.certificate());
            files.look();
            assertThat(shown(second, listening)).as("a broken pair").isEqualTo("RSA");
        }
    }

    private static void replace(Path by, Path file) throws IOException {
        Files.copy(by, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String shown(TestCertificate trusted, SmallServer server) throws IOException {
        try (var socket = connect(trusted, server)) {
            socket.startHandshake();
            var shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getPublicKey().getAlgorithm().toUpperCase(Locale.ROOT);
        }
    }

    private static SSLSocket connect(TestCertificate trusted, SmallServer server)
            throws IOException {
        return (SSLSocket)
                trusted.trusted()
                        .getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), server.port());
    }

    @Test
    void no_name_server_is_asked_who_connects() {
        // Reserved for documentation: nobody has it, and asking for its name would take a while.
        assertThat(InetAddress.ofLiteral("127.0.0.1").getHostName()).isEqualTo("127.0.0.1");
        assertThat(InetAddress.ofLiteral("192.0.2.7").getCanonicalHostName())
                .isEqualTo("192.0.2.7");
    }
}
