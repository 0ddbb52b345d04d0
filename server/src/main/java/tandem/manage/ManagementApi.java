package tandem.manage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tandem.model.Api;
import tandem.model.SigningAlgorithm;
import tandem.model.TokenDialect;

/// The Management API as one more API: its identifier is the audience of its tokens, and it has one
/// scope for each verb and resource, under Auth0's names.
public final class ManagementApi {
    private static final List<String> VERBS = List.of("read", "create", "update", "delete");
    private static final List<String> RESOURCES =
            List.of(
                    "clients",
                    "resource_servers",
                    "client_grants",
                    "connections",
                    "users",
                    "device_credentials",
                    "grants",
                    "refresh_tokens",
                    "sessions",
                    "tenant_settings",
                    "logs",
                    "signing_keys",
                    "stats");

    private ManagementApi() {}

    public static Api api(String identifier) {
        var scopes = new ArrayList<Api.Scope>();
        for (var verb : VERBS) {
            for (var resource : RESOURCES) {
                scopes.add(new Api.Scope(verb + ":" + resource, ""));
            }
        }
        return new Api(
                identifier,
                "Management API",
                scopes,
                Duration.ofHours(1),
                false,
                SigningAlgorithm.RS256,
                TokenDialect.ACCESS_TOKEN);
    }
}
