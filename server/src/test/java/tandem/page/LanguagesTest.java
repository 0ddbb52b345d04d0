package tandem.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {

    private final Languages languages = Languages.load();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "''       | ''                          | en",
                "''       | de                          | de",
                "''       | de-CH,de;q=0.9,en;q=0.8     | de",
                "''       | tlh, en;q=0.5, de;q=0.8     | de",
                "''       | DE-at                       | de",
                "de       | en                          | de",
                "tlh de   | en                          | de",
                "tlh      | de                          | de",
                "''       | *                           | en",
                "''       | de;q=0                      | en",
                "''       | ;;;q=,,                     | en",
                "'_ ; <'  | de                          | de",
            })
    void the_first_wish_that_is_spoken_is_answered(
            String uiLocales, String acceptLanguage, String spoken) {
        assertThat(languages.choose(uiLocales, acceptLanguage).lang()).isEqualTo(spoken);
    }

    @Test
    void an_endless_list_of_wishes_is_not_read() {
        assertThat(languages.choose("", "de," + "x,".repeat(10_000)).lang()).isEqualTo("en");
    }
}
