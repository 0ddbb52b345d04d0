package tandem.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Judged;
import tandem.conformance.suite.Verdict;
import tandem.conformance.wire.Json;

/// One run, told in three ways.
class ReportsTest {
    private static final Reports RUN =
            new Reports(
                    "https://as.example/<b>",
                    Instant.parse("2026-11-23T10:00:00Z"),
                    Duration.ofSeconds(12),
                    List.of(
                            judged(
                                    Case.must("DA-01", "Codes & more", "RFC 8628 §3.2"),
                                    new Verdict.Passed()),
                            judged(
                                    Case.must("TK-11", "Once <only>", "RFC 8628 §3.5"),
                                    new Verdict.Failed(
                                            "a refusal",
                                            "\u0001 <tokens>",
                                            Optional.of(
                                                    new Verdict.Exchange(
                                                            "POST /t", "HTTP 200\n<x>")))),
                            judged(
                                    Case.wise("TK-03", "Slow down", "RFC 8628 §3.5"),
                                    new Verdict.Failed("slow_down", "pending", Optional.empty())),
                            judged(
                                    Case.should("DP-01", "Bound", "RFC 9449 §5"),
                                    new Verdict.Skipped("needs DPoP")),
                            judged(
                                    Case.must("CL-01", "Claims", "OpenID Connect Core §2"),
                                    new Verdict.Broken("no way", Optional.empty()))));

    @Test
    void totals_count_failures_by_weight() {
        assertThat(RUN.totals()).isEqualTo(new Totals(1, 1, 0, 1, 1, 1));
        assertThat(RUN.totals().all()).isEqualTo(5);
    }

    @Test
    void junit_xml_is_well_formed_and_a_wise_failure_breaks_no_build() throws Exception {
        var xml = JunitReport.of(RUN);
        var document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(xml)));

        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(5);
        assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(document.getElementsByTagName("error").getLength()).isEqualTo(1);
        assertThat(document.getElementsByTagName("skipped").getLength()).isEqualTo(2);
    }

    @Test
    void json_holds_every_case_with_its_exchange() {
        var json = Json.read(JsonReport.of(RUN)).orElseThrow();

        assertThat(json.path("totals").path("must").intValue()).isEqualTo(1);
        assertThat(json.path("cases").valueStream().map(one -> one.path("verdict").asString()))
                .containsExactly("passed", "failed", "failed", "skipped", "broken");
        assertThat(json.path("cases").get(1).path("request").asString()).isEqualTo("POST /t");
        assertThat(json.path("cases").get(3).path("why").asString()).isEqualTo("needs DPoP");
    }

    @Test
    void the_page_shows_failures_and_hides_no_markup_of_the_server() {
        var html = HtmlReport.of(RUN);
        var page = Jsoup.parse(html);

        assertThat(page.title()).isEqualTo("Conformance of https://as.example/<b>");
        assertThat(page.select(".failure"))
                .extracting(one -> one.id())
                .containsExactly("TK-11", "CL-01", "TK-03");
        assertThat(page.select("#TK-11 pre").text()).contains("<x>");
        assertThat(page.select("#TK-11").hasAttr("open")).isTrue();
        assertThat(page.select("#TK-11 .wire").hasAttr("open")).isTrue();
        assertThat(page.select("script, link, img")).isEmpty();
        assertThat(page.select("tbody tr")).hasSize(5);
        assertThat(page.select(".verdict").text()).contains("One demand is not met");
    }

    @Test
    void with_many_failures_what_went_over_the_wire_is_folded_away() {
        var exchange = Optional.of(new Verdict.Exchange("POST /t", "HTTP 200"));
        var many =
                IntStream.range(10, 20)
                        .mapToObj(i ->
                                judged(
                                        Case.must("TK-" + i, "Once", "RFC 8628 §3.5"),
                                        new Verdict.Failed("a", "b", exchange)))
                        .toList();

        var page =
                Jsoup.parse(
                        HtmlReport.of(
                                new Reports(
                                        RUN.issuer(), Instant.EPOCH, Duration.ofSeconds(1), many)));

        assertThat(page.select(".failure[open]")).hasSize(10);
        assertThat(page.select(".wire")).hasSize(10).noneMatch(one -> one.hasAttr("open"));
    }

    private static Judged judged(Case.Draft draft, Verdict verdict) {
        return new Judged(draft.judged(scene -> {}), verdict, Duration.ofMillis(5));
    }
}
