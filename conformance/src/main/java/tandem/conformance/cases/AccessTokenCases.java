package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Need;

/// CL: what JWT access tokens say (RFC 9068 §2). Tokens that are no JWTs are passed over.
final class AccessTokenCases {
    private AccessTokenCases() {}

    static Stream<Case> all() {
        return accessToken();
    }

    private static Stream<Case> accessToken() {
        return Stream.of(
                access(
                        must(
                                        "CL-07",
                                        "A JWT access token is signed by one of the server's keys",
                                        "RFC 9068 §2.1, §4")
                                .needs(Need.APPROVER, Need.KEYS),
                        (scene, jwt) ->
                                scene.expect(
                                        jwt.isSignedByServer(scene),
                                        "a signature of a key in jwks_uri",
                                        "none that fits")),
                access(
                        must(
                                        "CL-07b",
                                        "A token of type at+jwt keeps the profile to the letter",
                                        "RFC 9068 §2")
                                .needs(Need.APPROVER),
                        (scene, jwt) -> {
                            var type = String.valueOf(jwt.token().getHeader().getType());
                            if (!type.equalsIgnoreCase("at+jwt")
                                    && !type.equalsIgnoreCase("application/at+jwt")) {
                                throw scene.skip("needs access tokens of type at+jwt");
                            }
                            for (var claim :
                                    List.of(
                                            "iss",
                                            "exp",
                                            "aud",
                                            "sub",
                                            "client_id",
                                            "iat",
                                            "jti")) {
                                scene.expect(
                                        jwt.claim(claim).isPresent(),
                                        claim,
                                        jwt.claims().getClaims().keySet().toString());
                            }
                        }),
                access(
                        must("CL-08", "exp is iat and expires_in", "RFC 6749 §5.1, RFC 9068 §2.2")
                                .needs(Need.APPROVER),
                        (scene, jwt) -> {
                            long told = scene.shared().answer().positive("expires_in");
                            long lives = jwt.seconds("exp") - jwt.seconds("iat");
                            scene.expect(Math.abs(told - lives) <= 2, told + " s", lives + " s");
                        }),
                access(
                        should(
                                        "CL-09",
                                        "The scope in the token is the granted one",
                                        "RFC 9068 §2.2.3")
                                .needs(Need.APPROVER),
                        (scene, jwt) -> {
                            var granted = scene.shared().scope().orElse(scene.scope());
                            if (jwt.claim("scope").isEmpty()) {
                                throw scene.skip("needs a scope in access tokens");
                            }
                            scene.expect(
                                    Scopes.of(granted).containsAll(Scopes.of(jwt.text("scope"))),
                                    granted,
                                    jwt.text("scope"));
                        }),
                access(
                        must(
                                        "CL-09a",
                                        "The token is for the API that was asked",
                                        "RFC 8707 §2, RFC 9068 §3")
                                .needs(Need.APPROVER, Need.API),
                        (scene, jwt) -> {
                            var api = scene.roles().api().orElseThrow();
                            scene.expect(
                                    jwt.audience().contains(api),
                                    "aud with " + api,
                                    jwt.audience().toString());
                        }),
                must(
                                "CL-10",
                                "No two access tokens are the same, nor their jti",
                                "RFC 9068 §2.2, RFC 7519 §4.1.7")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var one = scene.linked().access();
                            var two = scene.shared().access();
                            scene.expect(!one.equals(two), "another token", "the same");
                            var names = new HashSet<String>();
                            for (var token : List.of(one, two)) {
                                Jwt.of(token)
                                        .flatMap(jwt -> jwt.claim("jti"))
                                        .ifPresent(jti ->
                                                scene.expect(
                                                        names.add(jti.toString()),
                                                        "a jti of its own",
                                                        jti.toString()));
                            }
                        }),
                access(
                        wise(
                                        "CL-13",
                                        "An access token does not tell name or address of the person",
                                        "RFC 9068 §6")
                                .needs(Need.APPROVER),
                        (scene, jwt) -> {
                            for (var claim :
                                    List.of(
                                            "email",
                                            "name",
                                            "phone_number",
                                            "address",
                                            "birthdate")) {
                                scene.expect(jwt.claim(claim).isEmpty(), "no " + claim, claim);
                            }
                        }),
                access(
                        wise(
                                        "CL-16",
                                        "An access token lives a day at most",
                                        "RFC 9700 §4.14, RFC 6750 §5.3")
                                .needs(Need.APPROVER),
                        (scene, jwt) -> {
                            long lives = jwt.seconds("exp") - jwt.seconds("iat");
                            scene.expect(lives <= 86_400, "86400 s at most", lives + " s");
                        }));
    }

    private static Case access(Case.Draft draft, ClaimCases.TokenCheck check) {
        return draft.judged(scene -> check.judge(scene, Jwt.access(scene)));
    }
}
