package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How the two resource servers here, `/userinfo` and `/api/v2`, refuse tokens: [RFC 6750
/// §3](https://www.rfc-editor.org/rfc/rfc6750#section-3).
@TestInstance(Lifecycle.PER_CLASS)
class ChallengesTest {
    private static final List<String> RESOURCES = List.of("/userinfo", "/api/v2/users");

    /// A scheme and parameters, none of whose values holds a character that none may hold.
    private static final Pattern CHALLENGE =
            Pattern.compile(
                    "(Bearer|DPoP)( \\w+=\"[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]*\")"
                            + "(, \\w+=\"[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]*\")*");

    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"");

    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    private static List<String> challenges(Answer answer) {
        return answer.response().headers().allValues("WWW-Authenticate");
    }

    /// Whatever is wrong with a request.
    private Stream<Answer> refusals() {
        var device = tandem.device("tv", "scope", "read:library", "audience", TestTandem.API);
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        var without = tandem.http().bearer(device.polls().text("access_token"));
        var http = tandem.http();
        return RESOURCES.stream()
                .flatMap(path ->
                        Stream.of(
                                http.get(path),
                                http.bearer("x").get(path),
                                http.with("Authorization", "DPoP x").get(path),
                                http.with("Authorization", "Bearer").get(path),
                                http.with("Authorization", "Bearer \"a\\b\"").get(path),
                                http.with("Authorization", "Basic YTpi").get(path),
                                without.get(path),
                                tandem.operator("read:logs").get(path)));
    }

    @Test
    void each_is_a_scheme_with_parameters_none_of_which_comes_twice() {
        assertThat(refusals())
                .allSatisfy(answer -> {
                    assertThat(answer.status()).as(answer.body()).isIn(400, 401, 403);
                    assertThat(challenges(answer)).isNotEmpty().allMatch(ChallengesTest::sound);
                });
    }

    private static boolean sound(String challenge) {
        var names = PARAMETER.matcher(challenge).results().map(name -> name.group(1)).toList();
        return CHALLENGE.matcher(challenge).matches() && Set.copyOf(names).size() == names.size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer  x", "Bearer x y", "Basic YTpi", "x"})
    void a_malformed_header_is_an_invalid_request(String header) {
        for (var path : RESOURCES) {
            assertInvalidRequest(tandem.http().with("Authorization", header).get(path));
        }
    }

    @Test
    void so_are_two_headers() {
        var operator = tandem.operator("read:users");
        assertThat(operator.get("/api/v2/users").status()).isEqualTo(200);
        for (var path : RESOURCES) {
            assertInvalidRequest(operator.with("Authorization", "Bearer x").get(path));
        }
    }

    private static void assertInvalidRequest(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(challenges(answer))
                .singleElement()
                .asString()
                .startsWith("Bearer ")
                .contains("error=\"invalid_request\"");
    }

    @Test
    void the_management_api_takes_the_token_from_the_header_alone() {
        var token =
                tandem.http()
                        .post(
                                "/oauth/token",
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                "ops",
                                "client_secret",
                                TestTandem.SECRET,
                                "audience",
                                tandem.issuer() + "/api/v2/")
                        .text("access_token");
        assertThat(tandem.http().bearer(token).get("/api/v2/users").status()).isEqualTo(200);

        assertThat(tandem.http().get("/api/v2/users?access_token=" + token).status())
                .isEqualTo(401);
        assertThat(tandem.http().post("/api/v2/users", "access_token", token).status())
                .isEqualTo(401);
    }
}
