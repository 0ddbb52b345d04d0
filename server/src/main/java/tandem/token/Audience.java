package tandem.token;

import java.util.List;
import java.util.Optional;
import tandem.model.Api;
import tandem.model.Registered;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.web.Form;

/// Which API a request is about: `audience`, or `resource` of [RFC
/// 8707](https://www.rfc-editor.org/rfc/rfc8707).
public final class Audience {

    private Audience() {}

    /// The API asked for, or the tenant's default, or none.
    static Outcome<Optional<Api>> requested(Registered registered, Form form) {
        var asked = asked(form).or(() -> registered.tenant().defaultAudience());
        if (asked.isEmpty()) {
            return Outcome.ok(Optional.empty());
        }
        var api = registered.api(asked.get());
        return api.isPresent()
                ? Outcome.ok(api)
                : Outcome.refused(
                        ErrorCode.INVALID_TARGET, "no API is registered under this identifier");
    }

    /// As [#requested], for the device endpoint.
    public static Outcome<Optional<Api>> ofDevice(Registered registered, Form form) {
        return requested(registered, form);
    }

    /// Refuses a token request that names another API than the one granted.
    static Outcome<Boolean> same(Form form, Optional<String> granted) {
        var asked = asked(form);
        return asked.isEmpty() || asked.equals(granted)
                ? Outcome.ok(true)
                : Outcome.refused(ErrorCode.INVALID_TARGET, "the person has agreed to another API");
    }

    private static Optional<String> asked(Form form) {
        return form.text("audience").or(() -> first(form.all("resource")));
    }

    private static Optional<String> first(List<String> values) {
        return values.stream().findFirst();
    }
}
