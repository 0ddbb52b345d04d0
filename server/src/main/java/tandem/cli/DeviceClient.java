package tandem.cli;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// The device's two requests of [RFC 8628](https://www.rfc-editor.org/rfc/rfc8628): ask for codes,
/// ask whether they were approved. It neither waits nor prints.
final class DeviceClient {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    /// [RFC 8628 §3.2](https://www.rfc-editor.org/rfc/rfc8628#section-3.2): "If no value is
    /// provided".
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

    private final Wire wire;
    private final Endpoints endpoints;
    private final ClientIdentity client;
    private final InstantSource clock;

    DeviceClient(Wire wire, Endpoints endpoints, ClientIdentity client, InstantSource clock) {
        this.wire = wire;
        this.endpoints = endpoints;
        this.client = client;
        this.clock = clock;
    }

    Codes ask(Map<String, String> parameters) {
        URI endpoint =
                endpoints
                        .deviceAuthorization()
                        .orElseThrow(() ->
                                failed(
                                        "unsupported",
                                        "this server does not offer the device flow"));
        Map<String, String> form = client.form();
        form.putAll(parameters);
        Reply reply = wire.post(endpoint, form);
        if (!(reply instanceof Reply.Json json)) {
            throw failed(
                    reply instanceof Reply.None ? "unreachable" : "invalid_response",
                    reply.explained());
        }
        if (!json.ok() || json.text("error").isPresent()) {
            throw failed(json.text("error").orElse("refused"), described(json));
        }
        return codes(json);
    }

    private Codes codes(Reply.Json json) {
        Duration lifetime = json.seconds("expires_in").orElseThrow(() -> lacking("expires_in"));
        return new Codes(
                json.text("device_code").orElseThrow(() -> lacking("device_code")),
                json.text("user_code").orElseThrow(() -> lacking("user_code")),
                page(json, "verification_uri")
                        // The name of the drafts, which some servers kept.
                        .or(() -> page(json, "verification_url"))
                        .orElseThrow(() -> lacking("verification_uri")),
                page(json, "verification_uri_complete"),
                clock.instant().plus(lifetime),
                lifetime,
                json.seconds("interval").orElse(DEFAULT_INTERVAL));
    }

    /// The addresses are shown, drawn and opened, so they must be what they seem.
    private static Optional<URI> page(Reply.Json json, String name) {
        try {
            return json.text(name).map(TrustedUrl::parse).map(TrustedUrl::uri);
        } catch (IllegalArgumentException e) {
            throw failed("invalid_response", name + " is refused: " + e.getMessage());
        }
    }

    Answer poll(Codes codes) {
        Map<String, String> form = client.form();
        form.put("grant_type", GRANT);
        form.put("device_code", codes.deviceCode());
        Reply reply = wire.post(endpoints.token(), form);
        return switch (reply) {
            case Reply.Json json when json.text("error").isPresent() -> refused(json);
            case Reply.Json json when json.ok() ->
                    Tokens.in(json)
                            .<Answer>map(Answer.Linked::new)
                            .orElseGet(() -> invalid("the answer holds no access_token"));
            case Reply.Json _, Reply.NotJson _, Reply.None _ when reply.passing() ->
                    new Answer.Unreachable(reply.explained(), reply.waitAsked());
            case Reply.Json _, Reply.NotJson _, Reply.None _ -> invalid(reply.explained());
        };
    }

    /// The error's name decides, not the status: servers send 400, 401, 403, 429 and even 200 here.
    private static Answer refused(Reply.Json json) {
        String error = json.text("error").orElseThrow();
        return switch (error) {
            case "authorization_pending" -> new Answer.Pending();
            case "slow_down" -> new Answer.SlowDown(json.seconds("interval"), json.retryAfter());
            case "access_denied" -> new Answer.Denied();
            case "expired_token" -> new Answer.Expired();
            default ->
                    json.passing()
                            ? new Answer.Unreachable(json.explained(), json.retryAfter())
                            : new Answer.Failed(error, described(json));
        };
    }

    private static String described(Reply.Json json) {
        String told = json.describedOr("the server refused with status " + json.status());
        return json.retryAfter()
                .map(wait -> told + "; try again in " + wait.toSeconds() + " seconds")
                .orElse(told);
    }

    private static Answer invalid(String description) {
        return new Answer.Failed("invalid_response", description);
    }

    private static CommandFailure lacking(String member) {
        return failed("invalid_response", "the answer of the server holds no usable " + member);
    }

    private static CommandFailure failed(String error, String description) {
        return new CommandFailure(Exit.FAILED, error, description);
    }
}
