package tandem.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a//b/../%2f, /a//b/../%2f",
        "//host/a, //host/a",
        "http://host/a/b, /a/b",
        "HTTPS://user@host:8443/a, /a",
        "http://host//a, //a",
        "http:///a, /a",
        "http://host, /",
        "/http://host/a, /http://host/a"
    })
    void has_a_path(String target, String path) {
        assertThat(Target.path(target)).contains(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "a", "host:80", "ftp://host/a", "xhttp://host/a", "http:/a", "\\a"})
    void has_none(String target) {
        assertThat(Target.path(target)).isEmpty();
    }
}
