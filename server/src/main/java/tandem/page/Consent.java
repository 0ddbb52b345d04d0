package tandem.page;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the app would like to do, and the two answers to it.
///
/// @param person as whom the device would act
/// @param apis the scopes, grouped; empty for the final step alone, when they were agreed to
///   before: "Connect the app to this account?"
/// @param details what the app asks for more finely, in the API's words and its own
/// @param staysConnected how long the link can last; empty when it ends with its first token
/// @param facts repeated for its warnings
public record Consent(
        App app,
        Person person,
        List<ApiScopes> apis,
        List<Detail> details,
        Optional<Duration> staysConnected,
        String code,
        RequestFacts facts,
        EntryForm form)
        implements Page {

    public Consent {
        apis = List.copyOf(apis);
        details = List.copyOf(details);
    }

    /// One thing that the app asks to be allowed, to the last value.
    ///
    /// @param title what it is
    public record Detail(String title, List<Value> values) {

        public Detail {
            values = List.copyOf(values);
        }
    }

    public record Value(String name, String text) {}

    /// The scopes of one API.
    ///
    /// @param api its name; empty for what concerns the account itself (OpenID Connect's scopes)
    public record ApiScopes(Optional<String> api, List<ScopeLine> scopes) {

        public ApiScopes {
            scopes = List.copyOf(scopes);
        }
    }
}
