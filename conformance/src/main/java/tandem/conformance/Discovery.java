package tandem.conformance;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import tandem.conformance.suite.Metadata;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Request;
import tandem.conformance.wire.Wire;

/// Finds the server's metadata (RFC 8414 §3, OpenID Connect Discovery §4) and from it the
/// endpoints.
final class Discovery {
    private Discovery() {}

    /// @throws CannotRun where neither metadata nor overrides tell the two endpoints
    static Metadata metadata(
            Wire wire, String issuer, Optional<URI> deviceEndpoint, Optional<URI> tokenEndpoint) {
        var answer =
                places(issuer).stream().flatMap(place -> get(wire, place).stream()).findFirst();
        var found =
                new Metadata(
                        issuer,
                        answer.flatMap(Answer::object),
                        answer.map(one -> one.request().uri()),
                        URI.create(issuer),
                        URI.create(issuer));
        return new Metadata(
                issuer,
                found.document(),
                found.address(),
                endpoint(found, "device_authorization_endpoint", deviceEndpoint),
                endpoint(found, "token_endpoint", tokenEndpoint));
    }

    /// RFC 8414 §3.1 puts the well-known part before the issuer's path, OpenID Connect behind it.
    static List<URI> places(String issuer) {
        var uri = URI.create(issuer);
        var path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/$", "");
        var root = uri.getScheme() + "://" + uri.getRawAuthority();
        return List.of(
                URI.create(root + "/.well-known/oauth-authorization-server" + path),
                URI.create(root + path + "/.well-known/openid-configuration"),
                URI.create(root + path + "/.well-known/oauth-authorization-server"));
    }

    private static Optional<Answer> get(Wire wire, URI place) {
        return Optional.of(wire.send(Request.get(place)))
                .filter(answer -> answer.status() == 200 && answer.object().isPresent());
    }

    private static URI endpoint(Metadata found, String member, Optional<URI> override) {
        return override.or(() -> found.uri(member))
                .orElseThrow(() ->
                        new CannotRun(
                                "No "
                                        + member
                                        + " in the metadata of "
                                        + found.issuer()
                                        + ": name it with --device-endpoint or --token-endpoint."));
    }
}
