package tandem.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Who the command is to the server: an app's id and, for apps that can keep one, its secret.
record ClientIdentity(String id, Optional<String> secret) {

    /// A form that names the app and, with a secret, authenticates it (`client_secret_post`), [RFC
    /// 6749 §2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1).
    Map<String, String> form() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", id);
        secret.ifPresent(value -> form.put("client_secret", value));
        return form;
    }

    @Override
    public String toString() {
        return "ClientIdentity[id="
                + id
                + ", secret="
                + (secret.isPresent() ? "***" : "none")
                + "]";
    }
}
