package tandem.fuzz;

import java.util.List;
import java.util.stream.Stream;

/// Good requests, as the scenarios send them, and a few that are refused late.
final class RequestSeeds {
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\n";
    private static final String JSON = "Content-Type: application/json\n";
    private static final String DEVICE_CODE =
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=tv&device_code=";
    private static final String ASSERTION =
            "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                    + "&client_assertion=eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ0diJ9.AAAA";
    private static final String PROOF =
            "DPoP: eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIn19.e30.AAAA\n";

    static final List<String> RAW =
            Stream.of(
                            """
                            GET / HTTP/1.1
                            Host: localhost

                            """,
                            """
                            POST /oauth/token HTTP/1.1
                            Host: localhost
                            Content-Type: application/x-www-form-urlencoded
                            Content-Length: 12

                            client_id=tv\
                            """,
                            """
                            POST /oauth/device/code HTTP/1.1
                            Host: localhost
                            Content-Type: application/x-www-form-urlencoded
                            Transfer-Encoding: chunked

                            5;a=b
                            clien
                            7
                            t_id=tv
                            0

                            """,
                            """
                            GET /activate?user_code=%57DJB HTTP/1.1
                            Host: localhost
                            Cookie: tandem=x
                            Accept-Language: de

                            GET /.well-known/jwks.json HTTP/1.1
                            Host: a

                            """,
                            """
                            HEAD /login HTTP/1.1
                            Host: localhost
                            Connection: close

                            """,
                            """
                            OPTIONS /oauth/token HTTP/1.1
                            Host: localhost
                            Origin: https://a.example
                            Access-Control-Request-Method: POST

                            """,
                            """
                            GET http://localhost/userinfo HTTP/1.0
                            Authorization: Bearer x

                            """,
                            """
                            POST /login HTTP/1.1
                            Host: localhost
                            Expect: 100-continue
                            Content-Length: 3

                            a=b\
                            """,
                            """
                            GET /assets/x HTTP/1.1
                            Host: localhost
                            Upgrade: h2c
                            HTTP2-Settings: AAMAAABkAAQAAP__
                            Connection: Upgrade, HTTP2-Settings

                            """,
                            """
                            PRI * HTTP/2.0

                            SM

                            """)
                    .map(request -> request.replace("\n", "\r\n"))
                    .toList();

    private static final List<String> DEVICE =
            Stream.of(
                            "client_id=tv&scope=openid+offline_access+read%3Alibrary&audience=https%3A%2F%2Fapi.acme.example%2F",
                            "client_id=tv&resource=https%3A%2F%2Fapi.acme.example%2F&resource=https%3A%2F%2Fphotos.acme.example%2F",
                            "client_id=radio&device_name=Living%20room&device_model=Acme%20X&ui_locales=de%20en",
                            "client_id=tv&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256",
                            "client_id=tv&login_hint=ada%40example.com&acr_values=urn%3Aa",
                            "client_id=tv&dpop_jkt=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                            "client_id=tv&authorization_details=%5B%7B%22type%22%3A%22payment%22%7D%5D",
                            "client_id=printer&client_secret=a-long-secret&scope=%3Czq%3E",
                            ASSERTION)
                    .map(body -> "POST /oauth/device/code\n" + FORM + "\n" + body)
                    .toList();

    private static final List<String> TOKEN =
            List.of(
                    token("", DEVICE_CODE + "{pending}"),
                    token("", DEVICE_CODE + "{code}"),
                    token("Prefer: wait=1\n", DEVICE_CODE + "{pending}"),
                    token(PROOF, DEVICE_CODE + "{code}"),
                    token(
                            "",
                            DEVICE_CODE
                                    + "{code}&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
                    token("", DEVICE_CODE + "{code}&resource=https%3A%2F%2Fapi.acme.example%2F"),
                    token(
                            "",
                            "grant_type=refresh_token&client_id=tv&refresh_token={refresh}&scope=openid"),
                    token("", "grant_type=refresh_token&client_id=radio&refresh_token={refresh}"),
                    token(
                            "Origin: https://a.example\n",
                            "grant_type=refresh_token&refresh_token={refresh}&client_id=tv"),
                    token(
                            "",
                            "grant_type=client_credentials&client_id=ops&client_secret=a-long-secret&audience={issuer}%2Fapi%2Fv2%2F&scope=read%3Ausers"),
                    token(
                            "Authorization: Basic {printer}\n",
                            "grant_type=refresh_token&refresh_token=trt_x"),
                    token("", "grant_type=%3Czq%3E&" + ASSERTION));

    private static final List<String> PRESENTED =
            List.of(
                    "POST /oauth/revoke\n"
                            + FORM
                            + "\nclient_id=tv&token={refresh}&token_type_hint=refresh_token",
                    "POST /oauth/revoke\n" + FORM + "\nclient_id=tv&token={access}",
                    "POST /oauth/introspect\n"
                            + FORM
                            + "\nclient_id=tv&token={access}&token_type_hint=access_token",
                    "POST /oauth/introspect\n"
                            + FORM
                            + "Authorization: Basic {printer}\n\ntoken={refresh}",
                    "POST /oauth/introspect\n" + FORM + "\nclient_id=tv&token={id_token}",
                    "GET /userinfo\nAuthorization: Bearer {access}\n\n",
                    "POST /userinfo\nAuthorization: DPoP {access}\n" + PROOF + "\n",
                    "GET /userinfo\nAuthorization: Bearer eyJhbGciOiJub25lIn0.e30.\n\n",
                    "OPTIONS /userinfo\nOrigin: https://a.example\n\n",
                    "GET /.well-known/openid-configuration\nOrigin: null\n\n",
                    "GET /.well-known/oauth-authorization-server\n\n",
                    "HEAD /.well-known/jwks.json\nX-Forwarded-For: 10.0.0.1\nForwarded: for=\"[::1]\"\n\n");

    private static final List<String> ACTIVATE =
            List.of(
                    "GET /activate?user_code={user_code}&ui_locales=de\nAccept-Language: de-CH, en;q=0.5\n\n",
                    "GET /activate?user_code=%3Czq%3E%01\n\n",
                    "POST /activate\n"
                            + FORM
                            + "Cookie: tandem={enter_cookie}\n\n{enter}&user_code={user_code}",
                    "POST /activate\n"
                            + FORM
                            + "Cookie: tandem={enter_cookie}\n\n{enter}&user_code=%3Czq%3E",
                    "POST /activate/confirm\n"
                            + FORM
                            + "Cookie: tandem={confirm_cookie}\n\n{confirm}&answer=yes",
                    "POST /activate/confirm\n"
                            + FORM
                            + "Cookie: tandem={confirm_cookie}\n\n{confirm}&answer=no",
                    "GET /activate/confirm?{confirm}\nCookie: tandem={confirm_cookie}\n\n",
                    "POST /activate/consent\n"
                            + FORM
                            + "Cookie: tandem={consent_cookie}\n\n{consent}&answer=allow",
                    "POST /activate/consent\n"
                            + FORM
                            + "Cookie: tandem={consent_cookie}\n\n{consent}&answer=deny",
                    "GET /activate/consent?{consent}\nCookie: tandem={consent_cookie}\n\n",
                    "GET /activate/done?{consent}\nCookie: tandem={consent_cookie}\n\n",
                    "GET /activate/status?{confirm}\nCookie: tandem={confirm_cookie}\n\n",
                    "GET /assets/tandem.css\n\n",
                    "GET /logos/%3Czq%3E\n\n",
                    "GET /%3Czq%3E\nOrigin: https://a.example\nUser-Agent: <zq>\n\n");

    private static final List<String> ACCOUNT =
            List.of(
                    "GET /login?ui_locales=de\n\n",
                    "GET /login?{confirm}\nCookie: tandem={confirm_cookie}\n\n",
                    "POST /login\n"
                            + FORM
                            + "Cookie: tandem={login_cookie}\n\n{login}&email=%3Czq%3E&password=wrong",
                    "POST /login\n"
                            + FORM
                            + "Cookie: tandem={login_cookie}\n\nemail=ada%40example.com&password=x&csrf=x",
                    "POST /login/provider\n"
                            + FORM
                            + "Cookie: tandem={login_cookie}\n\n{login}&connection=corp",
                    "GET /login/callback?state=x&code=y&iss=https%3A%2F%2Fid.example.com\nCookie: tandem={login_cookie}\n\n",
                    "GET /login/callback?error=access_denied&error_description=%3Czq%3E&state=x\nCookie: tandem={login_cookie}\n\n",
                    "GET /account\nCookie: tandem={rename_cookie}\nAccept-Language: de\n\n",
                    "POST /account/rename\n"
                            + FORM
                            + "Cookie: tandem={rename_cookie}\n\n{rename}&name=K%C3%BCche%20%3Czq%3E",
                    "POST /account/unlink\n" + FORM + "Cookie: tandem={unlink_cookie}\n\n{unlink}",
                    "POST /account/sessions/end\n" + FORM + "Cookie: tandem={end_cookie}\n\n{end}",
                    "POST /logout\n"
                            + FORM
                            + "Cookie: tandem={logout_cookie}\nSec-Fetch-Site: same-origin\n\n{logout}");

    static final List<String> MANAGEMENT =
            List.of(
                    manage(
                            "GET",
                            "users?email=ada%40example.com&include_totals=true&per_page=2&page=0",
                            ""),
                    manage(
                            "POST",
                            "users",
                            "{\"email\":\"new@example.com\",\"name\":\"<zq>\",\"password\":\"correct-horse-battery\",\"connection\":\"passwords\"}"),
                    manage("GET", "users/usr_ada", ""),
                    manage(
                            "PATCH",
                            "users/usr_ada",
                            "{\"name\":\"Ada <zq>\",\"blocked\":false,\"email_verified\":true}"),
                    manage("DELETE", "users/usr_bob", ""),
                    manage("GET", "clients", ""),
                    manage("GET", "clients/tv", ""),
                    manage(
                            "PATCH",
                            "clients/tv",
                            "{\"name\":\"TV\",\"refresh_token\":{\"leeway\":60},\"device_authorization\":{\"interval\":5,\"network\":[\"10.0.0.0/8\"]},\"web_origins\":[\"https://a.example\"]}"),
                    manage(
                            "PATCH",
                            "clients/printer",
                            "{\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks\":{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}}"),
                    manage("GET", "device-credentials?user_id=usr_ada&client_id=tv", ""),
                    manage("DELETE", "device-credentials/lnk_x", ""),
                    manage("GET", "grants?user_id=usr_ada", ""),
                    manage("DELETE", "grants?user_id=usr_ada", ""),
                    manage("GET", "keys/signing", ""),
                    manage("GET", "logs?type=s&from=1&take=5&q=%3Czq%3E", ""),
                    manage("GET", "logs/1", ""));

    static final List<String> OAUTH =
            Stream.of(DEVICE, TOKEN, PRESENTED).flatMap(List::stream).toList();

    static final List<String> PAGES = Stream.of(ACTIVATE, ACCOUNT).flatMap(List::stream).toList();

    private RequestSeeds() {}

    private static String token(String headers, String body) {
        return "POST /oauth/token\n" + FORM + headers + "\n" + body;
    }

    private static String manage(String method, String what, String body) {
        return method
                + " /api/v2/"
                + what
                + "\nAuthorization: Bearer {ops}\n"
                + (body.isEmpty() ? "" : JSON)
                + "\n"
                + body;
    }
}
