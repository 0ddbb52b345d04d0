package tandem.token;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import tandem.model.Api;
import tandem.model.Registered;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.web.Form;

/// Which APIs a request is about: `audience`, or `resource` of [RFC
/// 8707](https://www.rfc-editor.org/rfc/rfc8707), which may repeat.
public final class Audience {

    /// More than a person can be asked about at once.
    private static final int APIS_MAX = 5;

    private Audience() {}

    /// The APIs asked for, or the tenant's default, or none.
    public static Outcome<List<Api>> requested(Registered registered, Form form) {
        var asked = asked(form);
        if (asked.isEmpty()) {
            asked = registered.tenant().defaultAudience().map(List::of).orElse(List.of());
        }
        if (asked.size() > APIS_MAX) {
            return Outcome.refused(
                    ErrorCode.INVALID_TARGET, "at most " + APIS_MAX + " APIs at once");
        }
        var apis = registered.apis(asked);
        return apis.size() == asked.size()
                ? Outcome.ok(apis)
                : Outcome.refused(
                        ErrorCode.INVALID_TARGET, "no API is registered under this identifier");
    }

    /// The one API that a token request names, if it names one: it must be among those granted.
    /// [RFC 8707 §2.2](https://www.rfc-editor.org/rfc/rfc8707#section-2.2)
    public static Outcome<Optional<String>> named(Form form, List<String> granted) {
        var asked = asked(form);
        if (asked.size() > 1) {
            return Outcome.refused(
                    ErrorCode.INVALID_TARGET, "an access token is for one API: name one at a time");
        }
        return granted.containsAll(asked)
                ? Outcome.ok(asked.stream().findFirst())
                : Outcome.refused(ErrorCode.INVALID_TARGET, "the person has agreed to another API");
    }

    private static List<String> asked(Form form) {
        var asked = new LinkedHashSet<String>();
        form.text("audience").ifPresent(asked::add);
        asked.addAll(form.all("resource"));
        return new ArrayList<>(asked);
    }
}
