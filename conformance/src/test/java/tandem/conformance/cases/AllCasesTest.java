package tandem.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tandem.conformance.suite.Case;

/// The list of cases itself.
class AllCasesTest {
    @Test
    void every_case_has_an_id_of_its_own_a_title_and_a_reference() {
        var cases = AllCases.all();

        assertThat(cases)
                .extracting(Case::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[A-Z]{2}-\\d\\d[a-z]?"));
        assertThat(cases)
                .allSatisfy(one -> {
                    assertThat(one.title()).isNotBlank().doesNotEndWith(".");
                    assertThat(one.reference())
                            .matches("(?s).*(RFC|OpenID|OWASP|WCAG|Fetch|CWE).*");
                });
    }

    @Test
    void no_title_stands_twice_in_one_area() {
        var titles =
                AllCases.all().stream()
                        .collect(
                                Collectors.groupingBy(
                                        one -> one.area() + " " + one.title(),
                                        Collectors.counting()));

        assertThat(titles.values()).allMatch(count -> count <= 2);
    }
}
