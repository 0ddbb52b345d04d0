package tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.oauth.Profile;
import tandem.web.Limits;
import tandem.web.Limits.Limit;
import tandem.web.Limits.Rate;

class ConfigReaderTest {

    private static final String ISSUER = "issuer: https://x.example\n";

    @TempDir private Path folder;

    @Test
    void an_issuer_is_enough() {
        assertThat(good(ISSUER, Map.of()))
                .isEqualTo(
                        new Config(
                                URI.create("https://x.example"),
                                new HostAndPort("127.0.0.1", 8080),
                                new HostAndPort("127.0.0.1", 9000),
                                new Database.Sqlite(Path.of("./data/tandem.db")),
                                List.of(),
                                Path.of("./data/secret.key"),
                                Profile.RFC,
                                Optional.empty(),
                                Limits.standard(),
                                Duration.ofDays(400)));
    }

    @Test
    void every_key_is_read() {
        var config =
                good(
                        """
                        issuer: https://x.example
                        listen: 0.0.0.0:80
                        management: "[::1]:0"
                        database: sqlite:/var/lib/tandem/t.db
                        trusted_proxies: [ 10.0.0.0/8, "::1", 10.0.0.0/8 ]
                        secret_key_file: /etc/tandem/key
                        profile: auth0
                        limits: off
                        events_kept: 30d
                        """,
                        Map.of());
        assertThat(config)
                .isEqualTo(
                        new Config(
                                URI.create("https://x.example"),
                                new HostAndPort("0.0.0.0", 80),
                                new HostAndPort("::1", 0),
                                new Database.Sqlite(Path.of("/var/lib/tandem/t.db")),
                                List.of("10.0.0.0/8", "0:0:0:0:0:0:0:1"),
                                Path.of("/etc/tandem/key"),
                                Profile.AUTH0,
                                Optional.empty(),
                                Map.of(),
                                Duration.ofDays(30)));
    }

    @Test
    void every_key_is_read_from_the_environment_alone() {
        var config =
                good(
                        Optional.empty(),
                        Map.of(
                                "TANDEM_ISSUER", "https://x.example",
                                "TANDEM_LISTEN", "0.0.0.0:80",
                                "TANDEM_MANAGEMENT", "[::1]:0",
                                "TANDEM_DATABASE", "sqlite:/var/lib/tandem/t.db",
                                "TANDEM_TRUSTED_PROXIES", "10.0.0.0/8, ::1",
                                "TANDEM_SECRET_KEY_FILE", "/etc/tandem/key",
                                "TANDEM_PROFILE", "auth0",
                                "TANDEM_EVENTS_KEPT", "720h",
                                "TANDEM_LIMITS", "off"));
        assertThat(config)
                .isEqualTo(
                        new Config(
                                URI.create("https://x.example"),
                                new HostAndPort("0.0.0.0", 80),
                                new HostAndPort("::1", 0),
                                new Database.Sqlite(Path.of("/var/lib/tandem/t.db")),
                                List.of("10.0.0.0/8", "0:0:0:0:0:0:0:1"),
                                Path.of("/etc/tandem/key"),
                                Profile.AUTH0,
                                Optional.empty(),
                                Map.of(),
                                Duration.ofDays(30)));
    }

    @Test
    void the_environment_wins_over_the_file() {
        var config =
                good(
                        ISSUER + "listen: nonsense\ntrusted_proxies: [10.0.0.7]\n",
                        Map.of(
                                "TANDEM_ISSUER", "https://y.example",
                                "TANDEM_LISTEN", "127.0.0.1:81",
                                "TANDEM_TRUSTED_PROXIES", ""));
        assertThat(config.issuer()).hasToString("https://y.example");
        assertThat(config.listen().port()).isEqualTo(81);
        assertThat(config.trustedProxies()).isEmpty();
    }

    @Test
    void the_key_lies_beside_the_database() {
        assertThat(good(ISSUER + "database: sqlite:/var/lib/t.db", Map.of()).secretKeyFile())
                .isEqualTo(Path.of("/var/lib/secret.key"));
        assertThat(good(ISSUER + "database: sqlite:t.db", Map.of()).secretKeyFile())
                .isEqualTo(Path.of("secret.key"));
    }

    @Test
    void all_mistakes_are_told_at_once() {
        var told =
                mistakes(
                        """
                        # Acme
                        isuer: https://x.example

                        listen: 80a
                        management: [1]
                        database: postgresql://ada:hunter2@db
                        trusted_proxies:
                          - 10.0.0.7
                          - 10.0.0.0/99
                        profile: rcf
                        tls: { certificate: a, key: b }
                        limits: { wrong_coded: off }
                        places: p.mmdb
                        """,
                        Map.of("TANDEM_LISEN", "x", "TANDEM_SECRET_KEY_FILE", ""));
        assertThat(told)
                .containsExactly(
                        "t.yaml:1: issuer: is missing; it is the URL by which devices and browsers reach Tandem, such as https://login.example.com",
                        "t.yaml:2: isuer: is no key of Tandem; did you mean issuer?",
                        "t.yaml:4: listen: \"80a\" is not host:port, such as 127.0.0.1:8080",
                        "t.yaml:5: management: is not a single value",
                        "t.yaml:6: database: names no database after the host; write it like postgresql://user:password@host:5432/tandem",
                        "t.yaml:9: trusted_proxies[1]: the prefix \"99\" is not within 0 to 32",
                        "t.yaml:10: profile: \"rcf\" is no profile; did you mean rfc?",
                        "t.yaml:11: tls.certificate: there is no such file",
                        "t.yaml:12: limits.wrong_coded: is no limit; did you mean wrong_codes?",
                        "t.yaml:13: places: is not available in this version; leave it out",
                        "TANDEM_LISEN: is no variable of Tandem; did you mean TANDEM_LISTEN?",
                        "TANDEM_SECRET_KEY_FILE: names no file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "listen: 0.0.0.0:8080 | listen: 0.0.0.0:8080 would speak plain HTTP to other machines; listen on 127.0.0.1:8080, name a certificate in tls, or name the proxy that speaks TLS in trusted_proxies",
                "listen: \"[::]:80\"  | listen: [::]:80 would speak plain HTTP to other machines; listen on 127.0.0.1:80, name a certificate in tls, or name the proxy that speaks TLS in trusted_proxies",
                "management: 127.0.0.1:8080 | management: 127.0.0.1:8080 is taken by both listen and management",
                "listen: 127.0.0.1:9000 | listen: 127.0.0.1:9000 is taken by both listen and management",
                "secret_key_file: ./data/tandem.db | secret_key_file: is the database's file; the key needs one of its own",
                "secret_key_file: /etc | secret_key_file: is a folder; name a file in it",
                "trusted_proxies: 10.0.0.7 | trusted_proxies: is not a list, such as [10.0.0.7, 192.168.0.0/16]",
                "trusted_proxies: [{a: 1}] | trusted_proxies[0]: is not a single value",
                "profile: auht0 | profile: \"auht0\" is no profile; did you mean auth0?",
                "listen: 8080 | listen: \"8080\" is not host:port, such as 127.0.0.1:8080",
                "events_kept: 1h | events_kept: \"1h\" is not within 1d to 3650d",
                "events_kept: 400 | events_kept: \"400\" has no unit; write 400s for seconds, or ms, m, h, d",
                "port: 8080 | port: is no key of Tandem",
                "trusted-proxies: [] | trusted-proxies: is no key of Tandem; did you mean trusted_proxies?",
            })
    void a_mistake_says_what_is_wrong_and_what_to_write(String line, String told) {
        assertThat(mistakes(ISSUER + line, Map.of())).containsExactly("t.yaml:2: " + told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TANDEM_LISTEN | 80a | \"80a\" is not host:port, such as 127.0.0.1:8080",
                "TANDEM_TRUSTED_PROXIES | 10.0.0.7,x | [1] \"x\" is neither an address nor a block of them, such as 10.0.0.7 or 10.0.0.0/8",
                "TANDEM_PROFILE | okta | \"okta\" is no profile",
                "TANDEM_TLS | x | is no map, such as {certificate: cert.pem, key: key.pem}",
                "TANDEM_TLS_CERTIFICATE | x | is nothing alone; name tls.key as well",
                "TANDEM_TLS_KEY | x | is nothing alone; name tls.certificate as well",
                "TANDEM_PLACES | x | is not available in this version; leave it out",
                "TANDEM_ISSUER_FILE | x | is no variable of Tandem",
                "TANDEM_TRUSTED_PROXY | x | is no variable of Tandem",
                "TANDEM_TRUSTED_PROXYES | x | is no variable of Tandem; did you mean TANDEM_TRUSTED_PROXIES?",
                "TANDEM_DATABASE_FILE | /nowhere/x | cannot read the file \"/nowhere/x\"",
                "TANDEM_LIMITS | {wrong_codes: | is not YAML",
                "TANDEM_LIMITS_PAGES | 5 | is neither default nor off nor a map, such as {burst: 10, refill: 1, period: 1m}",
            })
    void a_mistake_of_the_environment_names_the_variable(String name, String value, String told) {
        var expected =
                told.startsWith("[1] ") ? name + "[1]: " + told.substring(4) : name + ": " + told;
        assertThat(mistakes(ISSUER, Map.of(name, value))).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TANDEM_HOME",
                "TANDEM_CONFIG_DIR",
                "TANDEM_CLIENT_SECRET",
                "TANDEM_JAVA_OPTS",
                "TANDEM_LOG_FORMAT",
                "TANDEM_SERVICE_HOST",
                "TANDEM_SERVICE_PORT_HTTP",
                "TANDEM_PORT",
                "TANDEM_PORT_8080_TCP_ADDR",
                "TANDEMONIUM",
                "PATH"
            })
    void what_belongs_to_others_is_left_alone(String name) {
        assertThat(good(ISSUER, Map.of(name, "x")).issuer()).hasToString("https://x.example");
    }

    @Test
    void without_a_file_the_missing_issuer_is_one_of_the_environment() {
        assertThat(ConfigReader.read(Optional.empty(), Map.of()))
                .isEqualTo(
                        new Reading.Bad(
                                List.of(),
                                List.of(
                                        "TANDEM_ISSUER: is missing; it is the URL by which devices and browsers reach Tandem, such as https://login.example.com")));
    }

    @Test
    void behind_broken_syntax_nothing_else_is_missed() {
        assertThat(mistakes("listen: [", Map.of())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"just text", "- issuer", "[]", "null"})
    void a_configuration_is_a_map(String text) {
        assertThat(mistakes(text, Map.of()))
                .containsExactly(
                        "t.yaml:1: holds no keys, such as issuer: https://login.example.com");
    }

    @Test
    void a_key_without_a_value_counts_as_not_given() {
        assertThat(good(ISSUER + "listen:\ntls:\nlimits:\ntrusted_proxies:\n", Map.of()))
                .isEqualTo(good(ISSUER, Map.of()));
    }

    @Test
    void behind_a_trusted_proxy_plain_http_may_come_from_anywhere() {
        var config = good(ISSUER + "listen: 0.0.0.0:8080\ntrusted_proxies: [10.0.0.7]", Map.of());
        assertThat(config.listen().isLoopback()).isFalse();
    }

    @Test
    void the_database_is_read_from_the_file_that_a_variable_names() throws IOException {
        var file = Files.writeString(folder.resolve("url"), "sqlite:/var/lib/t.db\n");
        var config = good(ISSUER + "database: x", Map.of("TANDEM_DATABASE_FILE", file.toString()));
        assertThat(config.database()).isEqualTo(new Database.Sqlite(Path.of("/var/lib/t.db")));
    }

    @Test
    void a_secret_has_one_source() throws IOException {
        var file = Files.writeString(folder.resolve("url"), "sqlite:t.db");
        assertThat(
                        mistakes(
                                ISSUER,
                                Map.of(
                                        "TANDEM_DATABASE_FILE",
                                        file.toString(),
                                        "TANDEM_DATABASE",
                                        "sqlite:t.db")))
                .containsExactly(
                        "TANDEM_DATABASE_FILE: TANDEM_DATABASE is set too; set one of them");
    }

    @Test
    void a_postgresql_may_be_the_database() {
        var url = "postgresql://ada:hunter2@one:5433,two/tandem?sslmode=verify-full";
        var config = good(ISSUER + "database: " + url, Map.of());
        assertThat(config.database()).isEqualTo(new Database.Postgresql(url));
        assertThat(config.toString()).doesNotContain("hunter2");
        assertThat(config.secretKeyFile()).isEqualTo(Path.of("./data/secret.key"));
    }

    @Test
    void no_mistake_shows_a_password() throws IOException {
        var file = Files.writeString(folder.resolve("url"), "postgresql://ada:hunter2@db:0/t");
        for (var given :
                List.of(
                        mistakes(ISSUER + "database: postgresql://ada:hunter2@db", Map.of()),
                        mistakes(ISSUER + "database: mysql://ada:hunter2@db/t", Map.of()),
                        mistakes(ISSUER + "databse: postgresql://ada:hunter2@db/t", Map.of()),
                        mistakes(ISSUER + "listen: postgresql://ada:hunter2@db/t", Map.of()),
                        mistakes(ISSUER + "profile: ada:hunter2@db/t", Map.of()),
                        mistakes("issuer: https://ada:hunter2@db/t", Map.of()),
                        mistakes("issuer: https://ada:hunter2 @db/t", Map.of()),
                        mistakes(
                                ISSUER,
                                Map.of("TANDEM_DATABASE", "postgres://ada:hunter2@db/t?x=y")),
                        mistakes(ISSUER, Map.of("TANDEM_DATABSE", "postgres://ada:hunter2@db/t")),
                        mistakes(ISSUER, Map.of("TANDEM_DATABASE_FILE", file.toString())),
                        mistakes(ISSUER, Map.of("TANDEM_LIMITS", "{a: 'ada:hunter2@db/t")))) {
            assertThat(given)
                    .isNotEmpty()
                    .allSatisfy(told -> assertThat(told).doesNotContain("hunter2"));
        }
    }

    @Test
    void a_value_cannot_forge_a_line() {
        assertThat(mistakes(ISSUER + "listen: \"a\\nTandem is ready\\e[31m\"", Map.of()))
                .containsExactly(
                        "t.yaml:2: listen: \"a\\nTandem is ready\\u001b[31m\" is not host:port, such as 127.0.0.1:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "", "true", "{}", "{pages: default}", "{pages: }"})
    void limits_are_on_unless_somebody_says_otherwise(String text) {
        assertThat(good(ISSUER + "limits: " + text, Map.of()).limits())
                .isEqualTo(Limits.standard());
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "false", "'off'"})
    void limits_can_be_off(String text) {
        assertThat(good(ISSUER + "limits: " + text, Map.of()).limits()).isEmpty();
    }

    @Test
    void a_limit_is_changed_by_its_name() {
        var limits =
                good(
                                ISSUER
                                        + """
                                        limits:
                                          pages: off
                                          device_codes: { burst: 7, refill: 8, period: 9m }
                                          wrong_codes: { burst: 20 }
                                        """,
                                Map.of("TANDEM_LIMITS_UNKNOWN_DEVICE_CODES", "{refill: 3}"))
                        .limits();
        assertThat(limits)
                .doesNotContainKey(Limit.PAGES)
                .containsEntry(Limit.DEVICE_CODES, new Rate(7, 8, Duration.ofMinutes(9)))
                .containsEntry(Limit.WRONG_CODES, new Rate(20, 1, Duration.ofMinutes(1)))
                .containsEntry(Limit.UNKNOWN_DEVICE_CODES, new Rate(20, 3, Duration.ofSeconds(1)))
                .hasSize(Limit.values().length - 1);
    }

    @Test
    void limits_in_the_environment_may_be_a_map() {
        var limits = good(ISSUER + "limits: off", Map.of("TANDEM_LIMITS", "{pages: off}")).limits();
        assertThat(limits).doesNotContainKey(Limit.PAGES).hasSize(Limit.values().length - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7 | limits: is neither default nor off nor a map of limits, such as {wrong_codes: off}",
                "[pages] | limits: is neither default nor off nor a map of limits, such as {wrong_codes: off}",
                "{page: off} | limits.page: is no limit; did you mean pages?",
                "{pages: 7} | limits.pages: is neither default nor off nor a map, such as {burst: 10, refill: 1, period: 1m}",
                "{pages: {brust: 7}} | limits.pages.brust: is no part of a limit; did you mean burst?",
                "{pages: {burst: 0}} | limits.pages.burst: is not a whole number from 1 to 1000000",
                "{pages: {burst: 1000001}} | limits.pages.burst: is not a whole number from 1 to 1000000",
                "{pages: {burst: 1.5}} | limits.pages.burst: is not a whole number from 1 to 1000000",
                "{pages: {burst: 99999999999}} | limits.pages.burst: is not a whole number from 1 to 1000000",
                "{pages: {burst: ten}} | limits.pages.burst: is not a whole number from 1 to 1000000",
                "{pages: {refill: -1}} | limits.pages.refill: is not a whole number from 1 to 1000000",
                "{pages: {period: 10}} | limits.pages.period: \"10\" has no unit; write 10s for seconds, or ms, m, h, d",
                "{pages: {period: 10ms}} | limits.pages.period: \"10ms\" is not within 1s to 30d",
                "{pages: {period: 31d}} | limits.pages.period: \"31d\" is not within 1s to 30d",
                "{pages: {period: [1s]}} | limits.pages.period: is not a single value",
            })
    void a_limit_that_is_none_is_refused(String limits, String told) {
        assertThat(mistakes(ISSUER + "limits: " + limits, Map.of()))
                .containsExactly("t.yaml:2: " + told);
    }

    private static Config good(String file, Map<String, String> environment) {
        return good(Optional.of(Document.of("t.yaml", file)), environment);
    }

    private static Config good(Optional<Document> file, Map<String, String> environment) {
        return switch (ConfigReader.read(file, environment)) {
            case Reading.Good(var config) -> config;
            case Reading.Bad bad -> throw new AssertionError(bad);
        };
    }

    private static List<String> mistakes(String file, Map<String, String> environment) {
        return switch (ConfigReader.read(Optional.of(Document.of("t.yaml", file)), environment)) {
            case Reading.Good(var config) -> throw new AssertionError(config);
            case Reading.Bad(var inFile, var inEnvironment) ->
                    java.util.stream.Stream.of(inFile, inEnvironment)
                            .flatMap(List::stream)
                            .toList();
        };
    }
}
