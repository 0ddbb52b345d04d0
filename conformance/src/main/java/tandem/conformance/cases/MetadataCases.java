package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Metadata;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Request;

/// MD: metadata and keys (RFC 8414, OpenID Connect Discovery, RFC 7517).
final class MetadataCases {
    private static final List<String> ENDPOINTS =
            List.of(
                    "device_authorization_endpoint",
                    "token_endpoint",
                    "revocation_endpoint",
                    "introspection_endpoint",
                    "userinfo_endpoint",
                    "jwks_uri");

    private MetadataCases() {}

    static Stream<Case> all() {
        return Stream.concat(documents(), truth());
    }

    private static Stream<Case> documents() {
        return Stream.of(
                must(
                                "MD-01",
                                "The metadata is JSON and names the issuer exactly",
                                "RFC 8414 §3.2, §3.3")
                        .needs(Need.METADATA)
                        .judged(scene -> {
                            var answer = get(scene).is(200).isJson();
                            var issuer = answer.text("issuer");
                            answer.expect(
                                    issuer.equals(scene.metadata().issuer()),
                                    scene.metadata().issuer(),
                                    issuer);
                        }),
                should(
                                "MD-01a",
                                "The issuer is an https address without query and fragment",
                                "RFC 8414 §2")
                        .needs(Need.METADATA)
                        .judged(scene -> {
                            var issuer = URI.create(scene.metadata().issuer());
                            scene.expect(
                                    issuer.getQuery() == null && issuer.getFragment() == null,
                                    "neither",
                                    issuer.toString());
                            scene.expect(
                                    "https".equals(issuer.getScheme())
                                            || DeviceAuthorizationCases.isLoopback(issuer),
                                    "https",
                                    issuer.toString());
                        }),
                wise(
                                "MD-01b",
                                "Both well-known documents are there and agree on the endpoints",
                                "RFC 8414 §5, OpenID Connect Discovery §4")
                        .needs(Need.METADATA)
                        .judged(scene -> {
                            var oauth =
                                    scene.send(
                                                    Request.get(
                                                            wellKnown(
                                                                    scene,
                                                                    "oauth-authorization-server")))
                                            .is(200)
                                            .isJson();
                            var openid =
                                    scene.send(
                                                    Request.get(
                                                            wellKnown(
                                                                    scene, "openid-configuration")))
                                            .is(200)
                                            .isJson();
                            for (var member : ENDPOINTS) {
                                openid.expect(
                                        oauth.find(member).equals(openid.find(member)),
                                        "the same " + member + " in both",
                                        oauth.find(member) + " and " + openid.find(member));
                            }
                        }),
                should(
                                "MD-02",
                                "The device endpoint and the grant are in the metadata",
                                "RFC 8628 §4")
                        .needs(Need.METADATA)
                        .judged(scene -> {
                            var answer = get(scene);
                            answer.text("device_authorization_endpoint");
                            var grants = scene.metadata().list("grant_types_supported");
                            answer.expect(
                                    grants.contains(Metadata.DEVICE_GRANT),
                                    Metadata.DEVICE_GRANT,
                                    grants.toString());
                        }),
                must("MD-03", "Endpoints are absolute, and on https", "RFC 8414 §2")
                        .needs(Need.METADATA)
                        .judged(scene -> {
                            var answer = get(scene);
                            ENDPOINTS.stream()
                                    .flatMap(member -> scene.metadata().uri(member).stream())
                                    .forEach(uri ->
                                            answer.expect(
                                                    "https".equals(uri.getScheme())
                                                            || DeviceAuthorizationCases.isLoopback(
                                                                    uri),
                                                    "https",
                                                    uri.toString()));
                        }),
                should("MD-03a", "Every endpoint that is named answers", "RFC 8414 §2")
                        .needs(Need.METADATA)
                        .judged(scene -> {
                            for (var member : ENDPOINTS) {
                                scene.metadata()
                                        .uri(member)
                                        .ifPresent(uri -> {
                                            var answer =
                                                    member.equals("jwks_uri")
                                                            ? scene.send(Request.get(uri))
                                                            : scene.send(
                                                                    Request.post(uri, Form.of()));
                                            answer.isNoFault()
                                                    .expect(
                                                            answer.status() != 404,
                                                            "something at " + member,
                                                            answer.told());
                                        });
                            }
                        }),
                must("MD-05", "What is required of metadata is there", "RFC 8414 §2")
                        .needs(Need.METADATA)
                        .judged(scene -> {
                            var answer = get(scene);
                            answer.text("issuer");
                            answer.text("token_endpoint");
                            answer.expect(
                                    answer.json().path("response_types_supported").isArray(),
                                    "response_types_supported",
                                    answer.told());
                        }),
                wise("MD-06", "Metadata may be kept for a while", "RFC 9111 §5.2.2, RFC 8414 §3.2")
                        .needs(Need.METADATA)
                        .judged(scene -> {
                            var answer = get(scene);
                            var control = String.join(",", answer.all("Cache-Control"));
                            answer.expect(!control.contains("no-store"), "no no-store", control);
                        }),
                wise("MD-07", "Metadata is not for POST", "RFC 9110 §15.5.6")
                        .needs(Need.METADATA)
                        .judged(scene ->
                                scene.send(Request.post(address(scene), Form.of())).isRefused()),
                wise("MD-10", "No member of the metadata is null or an empty text", "RFC 8414 §3.2")
                        .needs(Need.METADATA)
                        .judged(scene -> {
                            var answer = get(scene);
                            answer.json()
                                    .properties()
                                    .forEach(e ->
                                            answer.expect(
                                                    !e.getValue().isNull()
                                                            && !(e.getValue().isString()
                                                                    && e.getValue()
                                                                            .asString()
                                                                            .isEmpty()),
                                                    "a value for " + e.getKey(),
                                                    e.getValue().toString()));
                        }));
    }

    private static Stream<Case> truth() {
        return Stream.of(
                should("MD-04", "Every scope that is advertised can be asked for", "RFC 8414 §2")
                        .needs(Need.METADATA)
                        .judged(scene -> {
                            for (var scope : scene.metadata().list("scopes_supported")) {
                                var words = scope.equals("openid") ? scope : "openid " + scope;
                                var answer = scene.device().tries(form -> form.set("scope", words));
                                answer.expect(
                                        answer.status() == 200,
                                        "codes for " + scope,
                                        answer.told());
                            }
                        }),
                wise(
                                "MD-04a",
                                "A public client works, so authentication by none is advertised",
                                "RFC 8414 §2")
                        .needs(Need.METADATA)
                        .judged(scene -> {
                            var methods =
                                    scene.metadata().list("token_endpoint_auth_methods_supported");
                            get(scene)
                                    .expect(
                                            methods.contains("none"),
                                            "none among the methods",
                                            methods.toString());
                        }),
                should("MD-04b", "Grants that are not advertised are not supported", "RFC 8414 §2")
                        .needs(Need.METADATA)
                        .judged(scene -> {
                            for (var grant :
                                    List.of("password", "client_credentials", "refresh_token")) {
                                var form =
                                        Form.of(
                                                "grant_type",
                                                grant,
                                                "username",
                                                "a",
                                                "password",
                                                "b",
                                                "refresh_token",
                                                "c");
                                if (!scene.metadata()
                                        .list("grant_types_supported")
                                        .contains(grant)) {
                                    scene.device().asksTokens(form).isRefused();
                                }
                            }
                        }),
                must(
                                "MD-09",
                                "Nothing may go unsigned",
                                "RFC 8725 §3.2, OpenID Connect Discovery §3")
                        .needs(Need.METADATA)
                        .judged(scene -> {
                            for (var member :
                                    List.of(
                                            "id_token_signing_alg_values_supported",
                                            "token_endpoint_auth_signing_alg_values_supported")) {
                                var algorithms = scene.metadata().list(member);
                                get(scene)
                                        .expect(
                                                !algorithms.contains("none"),
                                                member + " without none",
                                                algorithms.toString());
                            }
                        }),
                must(
                                "MD-09a",
                                "With OpenID Connect, RS256 is among the algorithms",
                                "OpenID Connect Discovery §3")
                        .needs(Need.METADATA, Need.OPENID)
                        .judged(scene -> {
                            var algorithms =
                                    scene.metadata().list("id_token_signing_alg_values_supported");
                            get(scene)
                                    .expect(
                                            algorithms.contains("RS256"),
                                            "RS256",
                                            algorithms.toString());
                        }),
                wise(
                                "MD-11",
                                "PKCE, where it is supported, is by S256 alone",
                                "RFC 7636 §4.2, RFC 9700 §2.1.1")
                        .needs(Need.PKCE)
                        .judged(scene -> {
                            var methods = scene.metadata().list("code_challenge_methods_supported");
                            get(scene)
                                    .expect(
                                            !methods.contains("plain"),
                                            "no plain",
                                            methods.toString());
                        }));
    }

    private static Answer get(Scene scene) {
        return scene.send(Request.get(address(scene)));
    }

    private static URI address(Scene scene) {
        return scene.metadata().address().orElseThrow();
    }

    private static URI wellKnown(Scene scene, String name) {
        var issuer = URI.create(scene.metadata().issuer());
        var path = issuer.getRawPath().replaceFirst("/$", "");
        var root = issuer.getScheme() + "://" + issuer.getRawAuthority();
        return URI.create(
                name.startsWith("openid")
                        ? root + path + "/.well-known/" + name
                        : root + "/.well-known/" + name + path);
    }
}
