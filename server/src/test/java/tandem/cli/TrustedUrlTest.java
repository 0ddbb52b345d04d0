package tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://auth.example",
                "HTTPS://auth.example:8443/realm",
                "http://localhost:8080",
                "http://127.0.0.1",
                "http://127.255.1.2:80",
                "http://[::1]:8080",
                "http://[0:0:0:0:0:0:0:1]"
            })
    void secure_addresses_and_this_machine_are_trusted(String address) {
        assertThat(TrustedUrl.parse(address)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://auth.example",
                "http://localhost.example",
                "http://128.0.0.1",
                "http://127.0.0.256",
                "http://127.1.example",
                "http://[::2]",
                "http://[::ffff:10.0.0.1]",
                "https://user:word@auth.example",
                "https://auth.example/#fragment",
                "ftp://auth.example",
                "file:///etc/passwd",
                "https:///path",
                "auth.example",
                "https://a b",
                ""
            })
    void everything_else_is_refused(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> TrustedUrl.parse(address));
    }
}
