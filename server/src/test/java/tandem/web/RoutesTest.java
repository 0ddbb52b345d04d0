package tandem.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    private final Routes routes =
            new Routes()
                    .area("/", (fault, request, id) -> told("page", fault))
                    .area("/api/", (fault, request, id) -> told("json", fault))
                    .area("/api/old/", (fault, request, id) -> told("old", fault))
                    .get("/ok", request -> text("get"))
                    .post("/ok", request -> text("post"))
                    .post("/only", request -> text("post"))
                    .get("/api/things/{id}", request -> text("one " + request.pathValue("id")))
                    .add("PATCH", "/api/things/{id}", request -> text("changed"))
                    .get("/api/things/{id}/parts/{part}", RoutesTest::part)
                    .get("/api/things/all", request -> text("all"));

    private static Response text(String text) {
        return Response.text(200, text);
    }

    private static Response part(Request request) {
        return text(request.pathValue("id") + " " + request.pathValue("part"));
    }

    private static Response told(String area, Fault fault) {
        return Response.text(fault.status(), area);
    }

    private String answer(String method, String path) {
        var response = routes.handle(TestRequest.of(method, path));
        return response.status() + " " + new String(response.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /ok, get",
        "POST, /ok, post",
        "HEAD, /ok, get",
        "GET, /api/things/1, one 1",
        "HEAD, /api/things/1, one 1",
        "PATCH, /api/things/1, changed",
        "GET, /api/things/all, all",
        "GET, /api/things/1/parts/2, 1 2"
    })
    void a_path_and_a_method_have_one_handler(String method, String path, String text) {
        assertThat(answer(method, path)).isEqualTo("200 " + text);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/things/a%20b, a b",
        "/api/things/a+b, a+b",
        "/api/things/%C3%A4, ä",
        "/api/things/a%2Fb, a/b",
        "/api/things/.., ..",
        "/api/things/{id}, {id}"
    })
    void an_open_part_is_decoded(String path, String value) {
        assertThat(answer("GET", path)).isEqualTo("200 one " + value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/ok/",
                "//ok",
                "/OK",
                "/./ok",
                "/x/../ok",
                "/%6fk",
                "/ok;a=b",
                "/ok%00",
                "/{id}"
            })
    void another_spelling_is_another_path(String path) {
        assertThat(answer("GET", path)).isEqualTo("404 page");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/things/",
                "/api/things",
                "/api/things/1/",
                "/api/things/1/parts/",
                "/api/things//parts/2",
                "/api/things/%",
                "/api/things/%zz"
            })
    void an_open_part_is_one_segment_and_well_formed(String path) {
        assertThat(answer("GET", path)).isEqualTo("404 json");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /ok, 'GET, HEAD, POST'",
        "get, /ok, 'GET, HEAD, POST'",
        "GET, /only, POST",
        "HEAD, /only, POST",
        "DELETE, /api/things/1, 'GET, HEAD, PATCH'"
    })
    void another_method_is_told_which_there_are(String method, String path, String allowed) {
        var response = routes.handle(TestRequest.of(method, path));
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers())
                .filteredOn(header -> header.name().toLowerCase(Locale.ROOT).equals("allow"))
                .extracting(header -> header.get())
                .containsExactly(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "/none, 404 page",
        "/api, 404 page",
        "/api/none, 404 json",
        "/api/old/none, 404 old",
        "/api/older, 404 json"
    })
    void a_fault_is_told_as_its_area_does(String path, String told) {
        assertThat(answer("GET", path)).isEqualTo(told);
    }

    @Test
    void a_path_without_an_area_is_a_mistake_in_the_wiring() {
        var none = new Routes().area("/api/", (fault, request, id) -> told("json", fault));
        assertThatThrownBy(() -> none.handle(TestRequest.get("/x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/x");
    }

    @Test
    void an_open_part_that_the_route_does_not_have_is_a_mistake() {
        var wrong = new Routes().get("/{id}", request -> text(request.pathValue("name")));
        assertThatThrownBy(() -> wrong.handle(TestRequest.get("/1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
    }

    @Test
    void a_fault_of_a_shared_path_is_shared_too() {
        var origins = CrossOrigin.of("POST", origin -> true, (request, origin) -> true);
        routes.share("/only", origins).share("/api/none", origins);
        var request = TestRequest.of("GET", "/only", "Origin", "https://tv.example");
        assertThat(reader(routes.handle(request))).containsExactly("https://tv.example");
        assertThat(reader(routes.tell(Fault.UNAVAILABLE, request, "")))
                .containsExactly("https://tv.example");
        var none = TestRequest.of("GET", "/api/none", "Origin", "https://tv.example");
        assertThat(reader(routes.handle(none))).containsExactly("https://tv.example");
        assertThat(reader(routes.handle(TestRequest.get("/only")))).isEmpty();
        var other = TestRequest.of("GET", "/ok", "Origin", "https://tv.example");
        assertThat(reader(routes.handle(other))).isEmpty();
    }

    private static List<String> reader(Response response) {
        return response.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("Access-Control-Allow-Origin"))
                .map(header -> header.get())
                .toList();
    }
}
