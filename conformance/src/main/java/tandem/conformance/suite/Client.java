package tandem.conformance.suite;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Request;

/// A client, and how it makes itself known.
public record Client(String id, Optional<String> secret, boolean secretInBody) {
    public static Client open(String id) {
        return new Client(id, Optional.empty(), false);
    }

    /// A request of this client: with its name in the form, and its secret where it has one.
    public Request signs(Request bare, Form form) {
        var named = form.value("client_id").isPresent() ? form : form.with("client_id", id);
        if (secret.isEmpty()) {
            return filled(bare, named);
        }
        return secretInBody
                ? filled(bare, named.with("client_secret", secret.get()))
                : filled(bare, form).with("Authorization", basic(id, secret.get()));
    }

    private static Request filled(Request bare, Form form) {
        return Request.post(bare.uri(), form);
    }

    /// RFC 6749 §2.3.1: both parts are form-encoded first.
    public static String basic(String id, String secret) {
        return rawBasic(Form.encode(id) + ":" + Form.encode(secret));
    }

    public static String rawBasic(String credentials) {
        var bytes = credentials.getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    public String wireSecret() {
        return secret.orElseThrow(() -> new Stuck("the client " + id + " has no secret"));
    }

    /// Says nothing of the secret.
    @Override
    public String toString() {
        return id;
    }
}
