package tandem.model;

import java.util.Optional;

/// What can happen, by Tandem's name and, where one exists, Auth0's log type code.
public enum EventType {
    DEVICE_REQUESTED("device.requested"),
    DEVICE_REQUEST_FAILED("device.request_failed", "fdeaz"),
    DEVICE_ENTERED("device.entered"),
    DEVICE_CONFIRMED("device.confirmed"),
    DEVICE_DENIED("device.denied", "fdecc"),
    DEVICE_REPORTED("device.reported", "fdecc"),
    DEVICE_APPROVED("device.approved"),
    DEVICE_REDEEMED("device.redeemed", "sede"),
    DEVICE_REPLAYED("device.replayed"),
    DEVICE_REDEMPTION_FAILED("device.redemption_failed", "fede"),
    DEVICE_EXPIRED("device.expired"),
    DEVICE_ACTIVATION_FAILED("device.activation_failed", "fdeac"),
    LINK_CREATED("link.created"),
    LINK_REFRESHED("link.refreshed", "sertft"),
    LINK_RENAMED("link.renamed"),
    LINK_ENDED("link.ended"),
    LOGIN_SUCCEEDED("login.succeeded", "s"),
    LOGIN_FAILED("login.failed", "fp"),
    LOGIN_THROTTLED("login.throttled", "limit_wc"),
    CONSENT_GIVEN("consent.given"),
    CONSENT_REFUSED("consent.refused"),
    CONSENT_REVOKED("consent.revoked"),
    CODE_GUESS_LIMITED("code.guess_limited"),
    REQUESTS_LIMITED("requests.limited", "api_limit"),
    NETWORK_MISMATCHED("network.mismatched"),
    REFRESH_REUSED("refresh.reused", "ferrt"),
    KEY_ROTATED("key.rotated"),
    ADMIN_CHANGED("admin.changed", "sapi"),
    ADMIN_RESTORED("admin.restored");

    private final String wire;
    private final Optional<String> auth0;

    EventType(String wire) {
        this.wire = wire;
        this.auth0 = Optional.empty();
    }

    EventType(String wire, String auth0) {
        this.wire = wire;
        this.auth0 = Optional.of(auth0);
    }

    public String wire() {
        return wire;
    }

    /// Auth0's log event type code, for tools that read those.
    public Optional<String> auth0() {
        return auth0;
    }
}
