package tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.manage.Nearest;

/// Single values: what is taken, and what a refusal says to write instead.
class ValuesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.com",
                "https://login.example.com:8443",
                "https://192.0.2.7",
                "https://[2001:db8::7]:8443",
                "http://localhost:8080",
                "http://tandem.localhost:8080",
                "http://127.0.0.1:8080",
                "http://127.8.8.8",
                "http://[::1]:8080",
                "https://localhost"
            })
    void an_issuer_is_scheme_host_and_port(String text) {
        assertThat(IssuerUrl.parse(text)).isEqualTo(Parsed.good(java.net.URI.create(text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://x.example/          | must not end with a slash; write https://x.example",
                "https://x.example:8443/auth | must be scheme, host and port only; write https://x.example:8443",
                "https://x.example/?a=b      | must be scheme, host and port only; write https://x.example",
                "https://x.example?a=b       | must be scheme, host and port only; write https://x.example",
                "https://x.example#top       | must be scheme, host and port only; write https://x.example",
                "http://x.example            | must be https, since its host is not this machine; write https://x.example",
                "http://192.0.2.7:8080       | must be https, since its host is not this machine; write https://192.0.2.7:8080",
                "http://localhost.example    | must be https, since its host is not this machine; write https://localhost.example",
                "HTTPS://X.Example           | is not in its shortest spelling; write https://x.example",
                "https://x.example:443       | is not in its shortest spelling; write https://x.example",
                "http://localhost:80         | is not in its shortest spelling; write http://localhost",
                "https://x.example:          | is not in its shortest spelling; write https://x.example",
            })
    void an_issuer_that_is_nearly_right_is_refused_with_the_right_one(String text, String why) {
        assertThat(why(IssuerUrl.parse(text))).isEqualTo('"' + text + "\" " + why);
    }

    @Test
    void an_issuer_holds_no_password_nor_does_the_mistake() {
        assertThat(why(IssuerUrl.parse("https://ada:hunter2@x.example:99/")))
                .isEqualTo(
                        "\"https://…@x.example:99/\" must not hold a user or password; write https://x.example:99");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:8080",
                "ftp://x.example",
                "https://",
                "https:x.example",
                "/",
                "//x.example",
                "https://x.example:0",
                "https://x.example:70000",
                "https://a b",
                "https://x_y.example",
                "x"
            })
    void what_is_no_issuer_is_refused_with_an_example(String text) {
        assertThat(why(IssuerUrl.parse(text)))
                .startsWith('"' + text + '"')
                .endsWith(", such as https://login.example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1:8080 | 127.0.0.1 | 8080 | true",
                "localhost:0    | localhost | 0 | true",
                "a.localhost:1  | a.localhost | 1 | true",
                "[::1]:65535    | ::1 | 65535 | true",
                "0.0.0.0:8080   | 0.0.0.0 | 8080 | false",
                "[::]:80        | :: | 80 | false",
                "tandem-1.example:80 | tandem-1.example | 80 | false",
                "127.example:80 | 127.example | 80 | false",
            })
    void an_address_to_listen_on_is_host_and_port(
            String text, String host, int port, boolean loopback) {
        var parsed = new HostAndPort(host, port);
        assertThat(HostAndPort.parse(text)).isEqualTo(Parsed.good(parsed));
        assertThat(parsed).hasToString(text);
        assertThat(parsed.isLoopback()).isEqualTo(loopback);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "80a            | \"80a\" is not host:port, such as 127.0.0.1:8080",
                "8080           | \"8080\" is not host:port, such as 127.0.0.1:8080",
                ":8080          | \":8080\" is not host:port, such as 127.0.0.1:8080",
                "localhost      | \"localhost\" is not host:port, such as 127.0.0.1:8080",
                "localhost:     | \"localhost:\" is not host:port, such as 127.0.0.1:8080",
                "localhost:-1   | \"localhost:-1\" is not host:port, such as 127.0.0.1:8080",
                "http://a:80    | \"http://a:80\" is not host:port, such as 127.0.0.1:8080",
                "::1:8080       | \"::1:8080\" is not host:port, such as 127.0.0.1:8080; an IPv6 address stands in brackets, such as [::1]:8080",
                "localhost:65536 | port \"65536\" is not within 0 to 65535",
                "localhost:99999999999 | port \"99999999999\" is not within 0 to 65535",
                "127.0.0.256:1  | \"127.0.0.256\" is not an address",
                "127.1:80       | \"127.1\" is not an address",
                "[::g]:80       | \"::g\" is not an address",
                "[127.0.0.1]:80 | \"127.0.0.1\" is not an address",
            })
    void what_is_no_address_to_listen_on_is_refused(String text, String why) {
        assertThat(why(HostAndPort.parse(text))).isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.7 | 10.0.0.7",
                "10.0.0.0/8 | 10.0.0.0/8",
                "10.0.0.7/32 | 10.0.0.7/32",
                "0.0.0.0/0 | 0.0.0.0/0",
                "10.0.0.128/25 | 10.0.0.128/25",
                "::1 | 0:0:0:0:0:0:0:1",
                "2001:DB8::/32 | 2001:db8:0:0:0:0:0:0/32",
                "fd00::/7 | ",
            })
    void a_proxy_is_an_address_or_a_block(String text, String block) {
        if (block == null) {
            assertThat(why(AddressBlock.parse(text)))
                    .contains("write the block, fc00:0:0:0:0:0:0:0/7,");
        } else {
            assertThat(AddressBlock.parse(text)).isEqualTo(Parsed.good(block));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "proxy.example | \"proxy.example\" is neither an address nor a block of them, such as 10.0.0.7 or 10.0.0.0/8",
                "10            | \"10\" is neither an address nor a block of them, such as 10.0.0.7 or 10.0.0.0/8",
                "10/8          | \"10/8\" is neither an address nor a block of them, such as 10.0.0.7 or 10.0.0.0/8",
                "fe80::1%1     | \"fe80::1%1\" is neither an address nor a block of them, such as 10.0.0.7 or 10.0.0.0/8",
                "10.0.0.0/33   | the prefix \"33\" is not within 0 to 32",
                "::/129        | the prefix \"129\" is not within 0 to 128",
                "10.0.0.0/     | the prefix \"\" is not within 0 to 32",
                "10.0.0.0/-1   | the prefix \"-1\" is not within 0 to 32",
                "10.0.0.0/8/8  | the prefix \"8/8\" is not within 0 to 32",
                "10.0.0.7/8    | \"10.0.0.7/8\" is an address within a block; write the block, 10.0.0.0/8, or the address alone",
                "::ffff:10.0.0.7 | \"::ffff:10.0.0.7\" is an IPv4 address; write it as 10.0.0.7",
            })
    void what_is_no_proxy_is_refused(String text, String why) {
        assertThat(why(AddressBlock.parse(text))).isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource({
        "sqlite:./data/tandem.db, ./data/tandem.db",
        "sqlite:/var/t.db, /var/t.db",
        "sqlite:t.db, t.db"
    })
    void a_database_is_a_file(String text, Path file) {
        assertThat(Database.parse(text)).isEqualTo(Parsed.good(new Database.Sqlite(file)));
        assertThat(new Database.Sqlite(file).url()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sqlite: | names no file; write",
                "sqlite::memory: | names no file; write",
                "sqlite:///var/t.db | has slashes before its path; write",
                "sqlite:t.db?mode=ro | takes no options after a question mark; write the path alone",
                "tandem.db | is neither sqlite: and a path, such as sqlite:./data/tandem.db, nor like postgresql://user:password@host:5432/tandem",
                "mysql://ada:hunter2@db/t | is neither sqlite: and a path, such as sqlite:./data/tandem.db, nor like postgresql://user:password@host:5432/tandem",
                "postgresql:ada:hunter2@db/t | is not postgresql:// and an address; write",
                "postgresql://ada:hunter2@db | names no database after the host; write",
                "postgresql://ada:hunter2@db/ | names no database after the host; write",
                "postgres://db/t | names no user; write",
                "postgres://ada:hunter2@/t | names no host; write",
                "postgres://ada:hunter2@db,/t | names no host; write",
                "postgres://ada:hunter2@db:65536/t | has a port that is no number from 1 to 65535",
                "postgres://ada:hunter%2@db/t | has a % that is followed by no two hexadecimal",
                "postgres://ada:hunter2@db/t?sslmode=full | has an sslmode that is none of libpq's",
                "postgres://ada:hunter2@db/t?user=x | takes only these options: sslmode,",
            })
    void what_is_no_database_is_refused_without_repeating_it(String text, String why) {
        assertThat(why(Database.parse(text))).startsWith(why).doesNotContain("hunter2");
    }

    @Test
    void a_folder_is_no_database(@TempDir Path folder) {
        assertThat(why(Database.parse("sqlite:" + folder)))
                .isEqualTo("is a folder; name a file in it");
    }

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "10s, PT10S", "5m, PT5M", "1h, PT1H", "7d, PT168H", "90s, PT90S"})
    void a_duration_is_a_number_and_its_unit(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(Parsed.good(duration));
        assertThat(Durations.parse(Durations.text(duration))).isEqualTo(Parsed.good(duration));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "10    | \"10\" has no unit; write 10s for seconds, or ms, m, h, d",
                "10 s  | \"10 s\" is not a duration, such as 10s, 5m or 1h",
                "-1s   | \"-1s\" is not a duration, such as 10s, 5m or 1h",
                "1.5h  | \"1.5h\" is not a duration, such as 10s, 5m or 1h",
                "PT10S | \"PT10S\" is not a duration, such as 10s, 5m or 1h",
                "9999999999s | \"9999999999s\" is not a duration, such as 10s, 5m or 1h",
            })
    void what_is_no_duration_is_refused(String text, String why) {
        assertThat(why(Durations.parse(text))).isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource({
        "listne, listen",
        "lisen, listen",
        "listenn, listen",
        "Listen, listen",
        "trusted-proxies, trusted_proxies",
        "trustedProxies, trusted_proxies",
        "limit, limits",
        "profil, profile",
        "tsl, tls",
        "secret_keyfile, secret_key_file",
        "issue, issuer",
    })
    void a_slip_of_the_hand_is_understood(String word, String meant) {
        assertThat(Nearest.to(word, Setting.keys())).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"port", "colour", "x", "", "ssl_certificate", "tlsxyz"})
    void what_resembles_nothing_is_not_guessed_at(String word) {
        assertThat(Nearest.to(word, Setting.keys())).isEmpty();
    }

    private static String why(Parsed<?> parsed) {
        assertThat(parsed).isInstanceOf(Parsed.Bad.class);
        return parsed instanceof Parsed.Bad<?>(var why) ? why : "";
    }
}
