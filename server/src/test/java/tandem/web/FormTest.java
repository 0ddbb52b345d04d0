package tandem.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {
    private static final String TYPE = "application/x-www-form-urlencoded";

    private static Optional<Form> parse(String encoded) {
        return Form.parse(encoded.getBytes(StandardCharsets.UTF_8));
    }

    private static Form parsed(String encoded) {
        return parse(encoded).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "a=b, b",
        "a=b+c, b c",
        "a=%62, b",
        "a=%2B%26%3D%25, +&=%",
        "a=b=c, b=c",
        "%61=b, b",
        "x=y&a=b, b",
        "a=&a=b, b",
        "&&a=b&, b",
        "a=%c3%a4, ä",
        "a=%C3%A4, ä",
        "a=ä, ä",
        "a=%F0%9F%93%BA, 📺",
        "a=first&a=second, first"
    })
    void reads_a_value(String encoded, String value) {
        assertThat(parsed(encoded).text("a")).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "a", "a=", "a&b=c", "A=b", "=b", "b=a", "+a=b"})
    void counts_what_has_no_value_as_absent(String encoded) {
        assertThat(parsed(encoded).text("a")).isEmpty();
        assertThat(parsed(encoded).all("a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%",
                "a=%4",
                "a=%4&b=1",
                "a=%zz",
                "a=%-1",
                "a=%+1",
                "%=b",
                "a=%u0041",
                "b=1&a=%"
            })
    void refuses_a_broken_percent_encoding(String encoded) {
        assertThat(parse(encoded)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%ff", "a=%c3", "a=%c0%af", "a=%ed%a0%80", "a=%f5%80%80%80", "%ff=b"})
    void refuses_what_is_not_utf_8(String encoded) {
        assertThat(parse(encoded)).isEmpty();
    }

    @Test
    void refuses_raw_bytes_that_are_not_utf_8() {
        assertThat(Form.parse(new byte[] {'a', '=', (byte) 0xe4})).isEmpty();
        assertThat(Form.parse(new byte[] {'a', '=', '%', (byte) 0xe4, '1'})).isEmpty();
    }

    @Test
    void takes_so_many_parameters_and_not_one_more() {
        var most = "a=b&".repeat(Form.PARAMETERS_MAX);
        assertThat(parsed(most).all("a")).hasSize(Form.PARAMETERS_MAX);
        assertThat(parse(most + "a=b")).isEmpty();
    }

    @Test
    void keeps_every_value_of_what_may_repeat_in_order() {
        assertThat(parsed("a=1&b=2&a=&a=3&A=4").all("a")).containsExactly("1", "3");
    }

    @Test
    void names_what_is_given_twice_among_the_known() {
        var form = parsed("x=1&x=2&a=1&b=2&b=3&a=4");
        assertThat(form.repeated(Set.of("a", "b"))).contains("b");
        assertThat(form.repeated(Set.of("a"))).contains("a");
        assertThat(form.repeated(Set.of("c"))).isEmpty();
        assertThat(Form.EMPTY.repeated(Set.of("a"))).isEmpty();
    }

    @Test
    void sees_a_repetition_without_a_value_and_one_in_another_spelling() {
        assertThat(parsed("a=1&a=").repeated(Set.of("a"))).contains("a");
        assertThat(parsed("a=1&%61=2").repeated(Set.of("a"))).contains("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TYPE,
                "APPLICATION/X-WWW-FORM-URLENCODED",
                TYPE + ";charset=UTF-8",
                TYPE + "; charset=\"utf-8\"",
                TYPE + " ; a=b; charset=utf-8",
                TYPE + ";"
            })
    void is_read_from_a_body_of_its_type(String type) {
        var form = TestRequest.form("a=b", type).form();
        assertThat(form.flatMap(f -> f.text("a"))).contains("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain",
                "",
                TYPE + "x",
                TYPE + ", text/plain",
                TYPE + ";charset=iso-8859-1",
                TYPE + ";charset=utf-16"
            })
    void is_not_read_from_another_body(String type) {
        assertThat(TestRequest.form("a=b", type).form()).isEmpty();
        assertThat(TestRequest.get("/").form()).as("no type").isEmpty();
    }

    @Test
    void is_read_from_a_query() {
        assertThat(TestRequest.query("a=b").query().flatMap(q -> q.text("a"))).contains("b");
        assertThat(TestRequest.query("").query()).contains(Form.EMPTY);
        assertThat(TestRequest.query("a=%").query()).isEmpty();
    }
}
