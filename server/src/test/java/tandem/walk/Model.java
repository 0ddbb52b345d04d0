package tandem.walk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the server is bound to answer, from the contract alone: RFC 8628 §3.5 in the contract's
/// order of checks, and what ends a link.
final class Model {

    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Duration EXPIRY_TOLD = Duration.ofMinutes(10);
    private static final Duration LEEWAY = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofDays(15);
    private static final Duration ABSOLUTE = Duration.ofDays(30);
    private static final Duration ACCESS_TOKEN = Duration.ofHours(1);
    private static final String OK = "ok";

    private static final String SCOPE_OF_API = "read:library";

    static final Set<String> WITHOUT_API = Set.of("openid", "offline_access");

    /// What every device asks for.
    static final Set<String> ALL = Set.of("openid", "offline_access", SCOPE_OF_API);

    enum State {
        PENDING,
        APPROVED,
        DENIED,
        REDEEMED
    }

    /// One device's codes and, once redeemed, its link.
    static final class Device {
        final String client;
        final Instant expires;
        State state = State.PENDING;
        int person;
        boolean ended;
        Set<String> scopes = Set.of();
        final List<String> refreshTokens = new ArrayList<>();
        Instant rotatedAt = Instant.MIN;
        Instant idleUntil = Instant.MIN;
        Instant until = Instant.MIN;
        Instant accessUntil = Instant.MIN;

        Device(String client, Instant now) {
            this.client = client;
            this.expires = now.plus(LIFETIME);
        }

        boolean live(Instant now) {
            return state == State.REDEEMED
                    && !ended
                    && now.isBefore(idleUntil)
                    && now.isBefore(until);
        }
    }

    final List<Device> devices = new ArrayList<>();
    private final Set<String> disabled = new HashSet<>();
    private final Set<Integer> blocked = new HashSet<>();
    private final Set<String> withoutScope = new HashSet<>();
    private final Map<Integer, Set<String>> agreedToRadio = new HashMap<>();
    boolean flowOn = true;

    void enable(String client, boolean enabled) {
        disabled.add(client);
        if (enabled) {
            disabled.remove(client);
        }
    }

    void block(int person, boolean isBlocked) {
        blocked.add(person);
        if (!isBlocked) {
            blocked.remove(person);
        }
    }

    void allowScope(String client, boolean allowed) {
        withoutScope.add(client);
        if (allowed) {
            withoutScope.remove(client);
        }
    }

    boolean mayAskForAll(String client) {
        return !withoutScope.contains(client);
    }

    /// What is left of scopes now.
    private Set<String> left(Device device, Set<String> scopes) {
        var left = new HashSet<>(scopes);
        if (withoutScope.contains(device.client)) {
            left.remove(SCOPE_OF_API);
        }
        return left;
    }

    /// The scopes of a token that is issued now.
    Set<String> scopes(Device device) {
        return left(device, device.scopes);
    }

    boolean disabled(String client) {
        return disabled.contains(client);
    }

    boolean blocked(int person) {
        return blocked.contains(person);
    }

    /// True when a person can decide about a device.
    boolean decidable(Device device, Instant now) {
        return flowOn
                && !disabled.contains(device.client)
                && device.state == State.PENDING
                && now.isBefore(device.expires);
    }

    void approved(Device device, int person) {
        device.state = State.APPROVED;
        device.person = person;
        device.scopes = left(device, ALL);
        if (device.client.equals("radio")) {
            agreedToRadio.computeIfAbsent(person, nobody -> new HashSet<>()).addAll(device.scopes);
        }
    }

    /// The answers to a poll: `ok`, or an error.
    Set<String> poll(Device device, String client, Instant now) {
        if (disabled.contains(client)) {
            return Set.of("invalid_client");
        }
        if (!client.equals(device.client) || device.state == State.REDEEMED) {
            return Set.of("invalid_grant");
        }
        if (!now.isBefore(device.expires)) {
            return now.isBefore(device.expires.plus(EXPIRY_TOLD))
                    ? Set.of("expired_token")
                    : Set.of("expired_token", "invalid_grant");
        }
        if (device.state == State.DENIED || !flowOn) {
            return Set.of("access_denied");
        }
        if (device.state == State.PENDING) {
            return Set.of("authorization_pending", "slow_down");
        }
        return Set.of(allowed(device) ? OK : "invalid_grant");
    }

    private boolean allowed(Device device) {
        return !blocked.contains(device.person)
                && (!device.client.equals("radio")
                        || agreedToRadio
                                .getOrDefault(device.person, Set.of())
                                .containsAll(scopes(device)));
    }

    void redeemed(Device device, String refreshToken, Instant now) {
        device.state = State.REDEEMED;
        device.scopes = scopes(device);
        device.until = now.plus(ABSOLUTE);
        rotated(device, refreshToken, now);
    }

    private static void rotated(Device device, String refreshToken, Instant now) {
        device.refreshTokens.add(refreshToken);
        device.rotatedAt = now;
        device.idleUntil = now.plus(IDLE);
        device.accessUntil = now.plus(ACCESS_TOKEN);
    }

    /// The answer to a refresh, and what comes of it.
    ///
    /// @param age how many generations old the token is
    String refresh(Device device, int age, String client, Instant now) {
        if (disabled.contains(client)) {
            return "invalid_client";
        }
        if (!client.equals(device.client) || !device.live(now) || !allowed(device)) {
            return "invalid_grant";
        }
        if (age == 0 || (age == 1 && !now.isAfter(device.rotatedAt.plus(LEEWAY)))) {
            return OK;
        }
        device.ended = true;
        return "invalid_grant";
    }

    /// Takes over what a good refresh answered; the token must be the one known already, when a
    /// token was repeated.
    boolean refreshed(Device device, int age, String refreshToken, Instant now) {
        if (age == 1) {
            device.accessUntil = now.plus(ACCESS_TOKEN);
            return refreshToken.equals(device.refreshTokens.getLast());
        }
        boolean isNew = !device.refreshTokens.contains(refreshToken);
        rotated(device, refreshToken, now);
        return isNew;
    }

    boolean userinfo(Device device, Instant now) {
        return now.isBefore(device.accessUntil)
                && !device.ended
                && !blocked.contains(device.person)
                && !disabled.contains(device.client);
    }

    void consentsTakenBack(int person, Instant now) {
        agreedToRadio.remove(person);
        for (var device : devices) {
            boolean concerned = device.client.equals("radio") && device.person == person;
            if (concerned && device.live(now)) {
                device.ended = true;
            }
        }
    }
}
