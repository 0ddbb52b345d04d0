package tandem.app;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tandem.oauth.Profile;
import tandem.web.Limits.Limit;
import tandem.web.Limits.Rate;

/// All settings, checked. `docs/configuration.md` says what each means; [Setting] is where both
/// come from.
///
/// @param issuer scheme, host and port, without a slash at its end
/// @param trustedProxies addresses and CIDR blocks
/// @param limits those in force; one that is missing is off
public record Config(
        URI issuer,
        HostAndPort listen,
        HostAndPort management,
        Database database,
        List<String> trustedProxies,
        Path secretKeyFile,
        Profile profile,
        Map<Limit, Rate> limits) {

    public Config {
        trustedProxies = List.copyOf(trustedProxies);
        limits = Map.copyOf(limits);
    }
}
