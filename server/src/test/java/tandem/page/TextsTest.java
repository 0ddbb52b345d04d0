package tandem.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextsTest {

    private static final Pattern PLACE = Pattern.compile("\\{.?}?");
    private static final Pattern PLURAL = Pattern.compile("\\.(zero|one|two|few|many|other)$");
    private static final Pattern QUOTED =
            Pattern.compile("\"([a-z]+(?:-[a-z]+)*(?:\\.[a-z-]+)*)\"");
    private static final Pattern FILE = Pattern.compile("\\.(jte|js)$");
    private static final Set<String> COMPOSED = Set.of("trouble.", "scope.");

    private final Texts english = Texts.load("en");

    static Stream<String> otherLanguages() {
        return Languages.spoken().stream().filter(Predicate.not("en"::equals));
    }

    @ParameterizedTest
    @MethodSource("otherLanguages")
    void every_text_is_said_in_every_language_with_the_same_arguments(String language) {
        assertThat(places(Texts.load(language))).isEqualTo(places(english));
    }

    @ParameterizedTest
    @MethodSource("otherLanguages")
    void every_plural_form_of_a_language_is_there(String language) {
        var texts = Texts.load(language);
        var forms =
                Stream.iterate(0L, n -> n + 1)
                        .limit(200)
                        .map(n -> PluralForm.of(texts.locale(), n).suffix())
                        .collect(Collectors.toSet());
        var counted =
                texts.all().keySet().stream()
                        .filter(key -> PLURAL.matcher(key).find())
                        .collect(
                                Collectors.groupingBy(
                                        TextsTest::stem,
                                        Collectors.mapping(
                                                key -> key.substring(key.lastIndexOf('.') + 1),
                                                Collectors.toSet())));
        assertThat(counted).isNotEmpty().allSatisfy((key, has) -> assertThat(has).isEqualTo(forms));
    }

    @Test
    void no_text_is_asked_for_that_is_not_there_and_none_is_there_for_nothing() throws IOException {
        var named = new TreeSet<String>();
        for (var folder : Set.of("src/main/jte", "src/main/java/tandem/page")) {
            try (var files = Files.list(Path.of(folder))) {
                for (var file : files.toList()) {
                    QUOTED.matcher(Files.readString(file))
                            .results()
                            .map(match -> match.group(1))
                            .forEach(named::add);
                }
            }
        }
        var unused =
                english.all().keySet().stream()
                        .map(TextsTest::stem)
                        .filter(key -> COMPOSED.stream().noneMatch(key::startsWith))
                        .filter(key -> !named.contains(key))
                        .toList();
        assertThat(unused).isEmpty();
        var sections = english.all().keySet().stream().map(TextsTest::section).toList();
        var stems = english.all().keySet().stream().map(TextsTest::stem).toList();
        assertThat(named)
                .filteredOn(key -> key.contains(".") && sections.contains(section(key)))
                .filteredOn(key -> !FILE.matcher(key).find())
                .filteredOn(key -> COMPOSED.stream().noneMatch(key::startsWith))
                .isSubsetOf(stems);
    }

    @Test
    void a_missing_text_is_a_fault_and_not_an_empty_page() {
        assertThatThrownBy(() -> english.plain("no.such.text"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_comes_from_outside_is_isolated_where_markup_cannot_be() {
        assertThat(english.plain("done.heading", "Acme\u202eTV"))
                .isEqualTo("\u2068Acme\u202eTV\u2069 is connected");
    }

    @Test
    void a_brace_or_an_apostrophe_in_an_argument_is_only_text() {
        assertThat(english.plain("done.heading", "{0}'s {1}"))
                .isEqualTo("\u2068{0}'s {1}\u2069 is connected");
    }

    @Test
    void a_number_chooses_its_form_and_a_message_may_stand_in_another() {
        var german = Texts.load("de");
        assertThat(german.plain(Message.counted("ago.days", 1))).isEqualTo("vor 1 Tag");
        assertThat(german.plain("warning.old", Message.counted("ago.days", 12)))
                .startsWith("Die Anfrage kam vor 12 Tagen.");
    }

    @Test
    void arabic_runs_from_right_to_left() {
        assertThat(new Texts(Locale.forLanguageTag("ar"), Map.of()).dir()).isEqualTo("rtl");
        assertThat(english.dir()).isEqualTo("ltr");
    }

    private static Map<String, Set<String>> places(Texts texts) {
        return texts.all().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                entry -> stem(entry.getKey()),
                                entry ->
                                        PLACE.matcher(entry.getValue())
                                                .results()
                                                .map(MatchResult::group)
                                                .collect(Collectors.toSet()),
                                (one, other) -> one));
    }

    private static String stem(String key) {
        return PLURAL.matcher(key).replaceFirst("");
    }

    private static String section(String key) {
        return key.replaceFirst("\\..*", "");
    }
}
