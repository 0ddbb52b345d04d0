package tandem.app;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tandem.oauth.Profile;
import tandem.web.Limits.Limit;
import tandem.web.Limits.Rate;

/// All settings, checked. `docs/configuration.md` says what each means; [Setting] is where both
/// come from.
///
/// @param issuer scheme, host and port, without a slash at its end
/// @param trustedProxies addresses and CIDR blocks
/// @param tls plain HTTP without
/// @param limits those in force; one that is missing is off
/// @param eventsKept how long before they are forgotten
public record Config(
        URI issuer,
        HostAndPort listen,
        HostAndPort management,
        Database database,
        List<String> trustedProxies,
        Path secretKeyFile,
        Profile profile,
        Optional<Tls> tls,
        Map<Limit, Rate> limits,
        Duration eventsKept) {

    /// A year, and time to look back at it.
    public static final Duration EVENTS_KEPT = Duration.ofDays(400);

    /// Two files in PEM that fitted each other when they were read.
    public record Tls(Path certificate, Path key) {}

    public Config {
        trustedProxies = List.copyOf(trustedProxies);
        limits = Map.copyOf(limits);
    }
}
