package tandem.cli;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The part of the Management API that is about linked devices, in Auth0's shape.
record ManagementClient(Wire wire, Retries retries, TrustedUrl issuer, String accessToken) {

    private static final String DEVICES = "/api/v2/device-credentials";
    private static final int PER_PAGE = 100;

    /// A server that never says "no more" must not keep the command running for ever.
    private static final int MOST_PAGES = 10_000;

    static String audience(TrustedUrl issuer) {
        return issuer.below("/api/v2/").toString();
    }

    /// A token for one verb alone, [RFC 6749
    /// §4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4).
    static ManagementClient authenticated(
            Wire wire, Retries retries, TrustedUrl issuer, ClientIdentity client, String scope)
            throws InterruptedException {
        URI endpoint = new Discovery(wire).of(issuer).token();
        Map<String, String> form = client.form();
        form.put("grant_type", "client_credentials");
        form.put("audience", audience(issuer));
        form.put("scope", scope);
        Reply reply = retries.until(() -> wire.post(endpoint, form));
        if (reply instanceof Reply.Json json && json.ok()) {
            return Tokens.in(json)
                    .map(tokens -> tokens.accessToken())
                    .map(token -> new ManagementClient(wire, retries, issuer, token))
                    .orElseThrow(() -> failed("no token was given", reply));
        }
        throw failed("no token was given", reply);
    }

    List<JsonNode> devices(Map<String, String> filters) throws InterruptedException {
        List<JsonNode> devices = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            Map<String, String> query = new LinkedHashMap<>(filters);
            query.put("page", Integer.toString(page));
            query.put("per_page", Integer.toString(PER_PAGE));
            query.put("include_totals", "true");
            JsonNode body = page(query);
            JsonNode items = body.isArray() ? body : body.path("device_credentials");
            items.forEach(devices::add);
            // A page may be shorter than asked for, so the total counts where there is one.
            boolean more =
                    body.path("total").isNumber()
                            ? devices.size() < body.path("total").asLong()
                            : items.size() == PER_PAGE;
            if (items.isEmpty() || !more) {
                return devices;
            }
        }
        throw new CommandFailure(Exit.FAILED, "too_many", "the list of devices does not end");
    }

    private JsonNode page(Map<String, String> query) throws InterruptedException {
        String text =
                query.entrySet().stream()
                        .map(field -> field.getKey() + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&"));
        URI address = issuer.below(DEVICES + "?" + text);
        Reply reply = retries.until(() -> wire.get(address, accessToken));
        if (reply instanceof Reply.Json json && json.ok()) {
            return json.body();
        }
        throw failed("the devices cannot be listed", reply);
    }

    /// Ends a link; false where there was no such device.
    boolean unlink(String id) throws InterruptedException {
        URI address = issuer.below(DEVICES + "/" + encode(id).replace("+", "%20"));
        Reply reply = retries.until(() -> wire.delete(address, accessToken));
        if (reply.ok()) {
            return true;
        }
        if (reply instanceof Reply.Json json && json.status() == 404) {
            return false;
        }
        throw failed("the device was not unlinked", reply);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static CommandFailure failed(String what, Reply reply) {
        return new CommandFailure(
                Exit.FAILED,
                reply instanceof Reply.None ? "unreachable" : "refused",
                what + ": " + reply.explained());
    }

    @Override
    public String toString() {
        return "ManagementClient[" + issuer + "]";
    }
}
