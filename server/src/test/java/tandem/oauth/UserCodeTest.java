package tandem.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.oauth.UserCode.Charset;

class UserCodeTest {
    @ParameterizedTest
    @CsvSource({
        "WDJB-MJHT, WDJBMJHT",
        "wdjbmjht, WDJBMJHT",
        "' w d j b . m-j_h t ', WDJBMJHT",
        "ＷＤＪＢ－ＭＪＨＴ, WDJBMJHT",
        "WDJ8-MJHT, WDJBMJHT",
        "1CCC-5555, LCCCSSSS",
        "iccc-zzz2, LCCCZZZZ",
    })
    void understands_what_people_type(String typed, String code) {
        assertThat(UserCode.read(typed, Charset.BASE20)).contains(new UserCode(code));
    }

    @Test
    void may_take_two_v_for_a_w() {
        assertThat(UserCode.read("VVDJBMJHT", Charset.BASE20))
                .containsExactly(new UserCode("VVDJBMJHT"), new UserCode("WDJBMJHT"));
    }

    @ParameterizedTest
    @CsvSource({"''", "WDJB", "ODJB-MJHT", "0DJB-MJHT", "ADJB-MJHT", "'{{7*7}}'", "<script>"})
    void takes_nothing_else_for_a_code(String typed) {
        assertThat(UserCode.read(typed, Charset.BASE20)).isEmpty();
    }

    @Test
    void gives_up_on_what_is_far_too_long() {
        assertThat(UserCode.read("B".repeat(10_000), Charset.BASE20)).isEmpty();
    }

    @Test
    void reads_lower_case_in_a_turkish_locale_too() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.of("tr", "TR"));
        try {
            assertThat(UserCode.read("lccclccı", Charset.BASE20))
                    .contains(new UserCode("LCCCLCCL"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void reads_digits_of_any_script() {
        assertThat(UserCode.read("٠١٢-345-６７８", Charset.DIGITS))
                .containsExactly(new UserCode("012345678"));
    }

    @Test
    void draws_every_letter_about_equally_often() {
        var random = new Random(7);
        var counts = new int[128];
        int drawn = 20_000;
        for (int i = 0; i < drawn; i++) {
            UserCode.random(Charset.BASE20, 8, random).value().chars().forEach(c -> counts[c]++);
        }
        double expected = drawn * 8 / 20.0;
        double sigma = Math.sqrt(expected * 0.95);
        for (char letter : "BCDFGHJKLMNPQRSTVWXZ".toCharArray()) {
            assertThat((double) counts[letter])
                    .isBetween(expected - 4 * sigma, expected + 4 * sigma);
        }
    }

    @Test
    void grows_by_one_character_when_more_than_one_in_25_million_lives() {
        var format = UserCodeFormat.BASE20_4_4;
        var random = new Random(7);
        assertThat(format.random(1_024, random).value()).hasSize(8);
        assertThat(format.random(1_025, random).value()).hasSize(9);
        assertThat(format.random(1_000_000, random).value()).hasSize(11);
    }

    @Test
    void shows_the_code_by_its_mask_and_keeps_what_is_longer() {
        var format = UserCodeFormat.BASE20_4_4;
        assertThat(format.show(new UserCode("WDJBMJHT"))).isEqualTo("WDJB-MJHT");
        assertThat(format.show(new UserCode("WDJBMJHTX"))).isEqualTo("WDJB-MJHTX");
    }

    @ParameterizedTest
    @CsvSource({
        "BASE20, ****-***",
        "DIGITS, ********",
        "BASE20, ****_****",
        "BASE20, *********************"
    })
    void refuses_masks_that_are_too_short_too_long_or_odd(Charset charset, String mask) {
        assertThat(UserCodeFormat.mistake(charset, mask)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://login.acme.example/activate?user_code=WDJB-MJHT | WDJBMJHT",
                "localhost:8080/activate?user_code=WDJB-MJHT | WDJBMJHT",
                "Your code: WDJB-MJHT | WDJBMJHT",
                "Enter WDJB MJHT | WDJBMJHT",
                "“WDJB-MJHT.” | WDJBMJHT"
            })
    void reads_the_code_at_the_end_of_what_was_pasted(String typed, String code) {
        assertThat(UserCode.read(typed, Charset.BASE20)).containsExactly(new UserCode(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"WDJB-MJHT is the code", "WDJB MJHT and then some", "no code here"})
    void tries_no_more_than_the_end(String typed) {
        assertThat(UserCode.read(typed, Charset.BASE20)).isEmpty();
    }
}
