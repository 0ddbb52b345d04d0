package tandem.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// No report shows a secret.
class VeilTest {
    private static final String SECRET = "s3cr3t-" + "0123456789".repeat(4);

    @Test
    void what_opens_something_is_shortened_wherever_it_stands() {
        for (var text :
                List.of(
                        "grant_type=x&device_code=" + SECRET + "&client_id=tv",
                        "{\"access_token\":\"" + SECRET + "\",\"expires_in\":5}",
                        "{\"refresh_token\" : \"" + SECRET + "\"}",
                        "GET /userinfo\nAuthorization: Bearer " + SECRET + "\n",
                        "DPoP: " + SECRET,
                        "set-cookie: sid=" + SECRET + "; Path=/; HttpOnly",
                        "Cookie: a=" + SECRET + "; b=" + SECRET,
                        "<input type=\"hidden\" name=\"csrf\" value=\"" + SECRET + "\">",
                        "code=1&password=" + SECRET,
                        "https://as.example/?access_token=" + SECRET)) {
            assertThat(Veil.over(text))
                    .as(text)
                    .doesNotContain(SECRET)
                    .doesNotContain("0123456789");
        }
    }

    @Test
    void a_jwt_is_shortened_without_a_name() {
        assertThat(Veil.over("saw eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl here"))
                .doesNotContain("eyJzdWIi")
                .endsWith(" here");
    }

    @Test
    void what_is_no_secret_is_left_alone() {
        var text =
                "client_id=tv&scope=openid&grant_type=refresh_token {\"error\":\"invalid_grant\"}";
        assertThat(Veil.over(text)).isEqualTo(text);
    }
}
