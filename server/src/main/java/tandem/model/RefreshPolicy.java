package tandem.model;

import java.time.Duration;

/// How a client's refresh tokens live.
///
/// @param leeway how long the previous token may be repeated after a rotation
/// @param tokenLifetime the absolute lifetime of a link
/// @param idleLifetime how long a link lives without a refresh
public record RefreshPolicy(Duration leeway, Duration tokenLifetime, Duration idleLifetime) {

    public static final RefreshPolicy STANDARD =
            new RefreshPolicy(Duration.ofMinutes(1), Duration.ofDays(30), Duration.ofDays(15));
}
