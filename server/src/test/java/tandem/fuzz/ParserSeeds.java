package tandem.fuzz;

import java.util.List;

/// Good inputs of the parsers.
final class ParserSeeds {

    static final List<String> WEB =
            List.of(
                    "client_id=tv&scope=openid+read%3Alibrary&resource=a&resource=b",
                    "name=caf%C3%A9&empty=&=x&&lone",
                    "{\"client_id\":\"tv\",\"resource\":[\"a\",\"b\"]}",
                    "application/x-www-form-urlencoded; charset=\"utf-8\"",
                    "application/json; charset=utf-8",
                    "respond-async, wait=10; foo",
                    "WAIT = \"7\"",
                    "theme=dark; tandem=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    "203.0.113.9, 10.0.0.2:4711",
                    "\"[2001:db8::1]:443\", ::ffff:10.1.1.1",
                    "/a/b%2Fc/b",
                    "https://login.example.com/a",
                    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");

    static final List<String> PARAMETERS =
            List.of(
                    "WDJB-MJHT",
                    " wdjb mjht ",
                    "1234 5678 9",
                    "https://login.example.com/activate?user_code=WDJB-MJHT",
                    "openid profile email offline_access read:library",
                    "https://api.acme.example/",
                    "de-CH, de;q=0.8, en;q=0.5, *;q=0.1",
                    "de en-GB",
                    "trt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                    "[{\"type\":\"payment\",\"amount\":{\"currency\":\"EUR\",\"value\":[1,\"2\",null,true]}}]",
                    "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJraW9zayJ9.AAAA");

    static final List<String> SIGNED =
            List.of(
                    """
                    {"typ":"dpop+jwt","alg":"ES256","jwk":$JWK}
                    {"jti":"1","htm":"POST","htu":"https://login.example.com/oauth/token","iat":1767225600,"nonce":"$NONCE"}\
                    """,
                    """
                    {"typ":"dpop+jwt","alg":"ES256","jwk":$JWK}
                    {"jti":"2","htm":"GET","htu":"https://LOGIN.example.com:443/userinfo?a#b","iat":1767225600.5,"nonce":"$NONCE","ath":"PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-A"}\
                    """,
                    """
                    {"typ":"dpop+jwt","alg":"RS256","jwk":{"kty":"RSA","n":"AQAB","e":"AQAB"}}
                    {"jti":"3"}\
                    """,
                    """
                    {"typ":"dpop+jwt","alg":"EdDSA","jwk":{"kty":"OKP","crv":"Ed25519","x":"AAAA"}}
                    {"jti":"3"}\
                    """,
                    """
                    {"typ":"JWT","alg":"ES256","kid":"$KID"}
                    {"iss":"kiosk","sub":"kiosk","aud":"https://login.example.com","exp":1767225660,"iat":1767225600,"nbf":1767225600,"jti":"4"}\
                    """,
                    """
                    {"alg":"ES256","crit":["b64"],"b64":false,"x5c":["AA=="],"jku":"https://x.example"}
                    {"iss":"kiosk","aud":["https://login.example.com"],"exp":1e400}\
                    """);

    static final List<String> FILES =
            List.of(
                    """
                    issuer: https://login.example.com
                    listen: 127.0.0.1:8080
                    management: "[::1]:9000"
                    database: sqlite:./data/tandem.db
                    trusted_proxies: [ 10.0.0.0/8, "::1" ]
                    profile: auth0
                    limits: { wrong_codes: off, pages: { burst: 10, refill: 1, period: 1m } }
                    """,
                    "{\"issuer\": \"http://localhost:8080\", \"secret_key_file\": \"./key\"}",
                    """
                    tenant: { friendly_name: Acme, accent_color: "#aa0000", default_audience: https://api.acme.example/ }
                    resource_servers:
                      - identifier: https://api.acme.example/
                        name: Acme library
                        scopes: [ { value: "read:library", description: See it } ]
                        token_lifetime: 3600
                        signing_alg: ES256
                    clients:
                      - &tv
                        client_id: tv
                        name: Acme TV
                        token_endpoint_auth_method: none
                        grant_types: [ "urn:ietf:params:oauth:grant-type:device_code", refresh_token ]
                        device_authorization: { lifetime: 600, interval: 5, network: [ 203.0.113.0/24 ] }
                        refresh_token: { leeway: 60, token_lifetime: 2592000, idle_token_lifetime: 1296000 }
                        web_origins: [ https://tv.acme.example ]
                    connections: [ { name: passwords, strategy: password } ]
                    users: [ { email: ada@example.com, name: Ada, password: correct-horse-battery } ]
                    client_grants: []
                    """,
                    """
                    clients:
                      - client_id: kiosk
                        token_endpoint_auth_method: private_key_jwt
                        jwks: { keys: [ { kty: EC, crv: P-256, x: AAAA, y: AAAA, kid: a, use: sig }, { kty: RSA, n: AQAB, e: AQAB } ] }
                    connections:
                      - { name: corp, strategy: oidc, display_name: Corp, options: { issuer: https://id.example.com, client_id: a, client_secret: b } }
                    """);

    static final List<String> SETTINGS =
            List.of(
                    "10.0.0.0/8",
                    "2001:db8::/32",
                    "::ffff:10.0.0.1",
                    "127.0.0.1:8080",
                    "[::1]:0",
                    "login.example.com:443",
                    "90m",
                    "1000ms",
                    "https://login.example.com",
                    "http://user:secret@localhost:8080/",
                    "sqlite:./data/tandem.db",
                    "postgresql://user:secret@db/tandem",
                    "off",
                    "{wrong_codes: off}",
                    "TANDEM_LISTEN");

    private ParserSeeds() {}
}
