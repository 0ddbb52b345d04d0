package tandem.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tandem.oauth.Scopes;

/// What the operator allows one client to do with the device flow. [RFC 10027
/// §6.1](https://www.rfc-editor.org/rfc/rfc10027#section-6.1)
///
/// @param lifetime of a code
/// @param interval between polls, before any slow_down
/// @param authenticationRequired whether a confidential client authenticates at the device endpoint
/// @param verificationUriComplete whether the complete URI is answered
/// @param scopes the only ones the flow may ask for; empty for every one of the API
/// @param requireDpop whether its tokens must be bound to a key ([RFC 9449
///   §5](https://www.rfc-editor.org/rfc/rfc9449#section-5))
/// @param users e-mail addresses of the only people who may approve; empty for everyone
public record DevicePolicy(
        Duration lifetime,
        Duration interval,
        boolean authenticationRequired,
        boolean verificationUriComplete,
        NetworkPolicy network,
        Optional<Scopes> scopes,
        boolean requireDpop,
        boolean requireReauthentication,
        int maxLinksPerUser,
        Optional<List<String>> users) {

    public static final Duration LIFETIME_MIN = Duration.ofSeconds(5);
    public static final Duration LIFETIME_MAX = Duration.ofMinutes(30);
    public static final Duration INTERVAL_MIN = Duration.ofSeconds(1);
    public static final Duration INTERVAL_MAX = Duration.ofMinutes(1);
    public static final int LINKS_MAX = 200;

    public static final DevicePolicy STANDARD =
            new DevicePolicy(
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(5),
                    true,
                    true,
                    new NetworkPolicy(NetworkPolicy.Rule.WARN, List.of()),
                    Optional.empty(),
                    false,
                    false,
                    LINKS_MAX,
                    Optional.empty());

    /// True when this person may approve devices of the client.
    public boolean permits(Account account) {
        return users.map(allowed ->
                        account.email().map(Account::normalEmail).stream()
                                .anyMatch(email ->
                                        allowed.stream()
                                                .map(Account::normalEmail)
                                                .anyMatch(email::equals)))
                .orElse(true);
    }
}
