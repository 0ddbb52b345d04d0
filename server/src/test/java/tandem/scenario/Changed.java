package tandem.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import tandem.model.Client;
import tandem.model.ClientAuthenticationMethod;
import tandem.model.DevicePolicy;
import tandem.model.NetworkPolicy;
import tandem.model.RefreshPolicy;
import tandem.model.Tenant;
import tandem.oauth.ClientId;
import tandem.oauth.GrantType;
import tandem.oauth.Scopes;

/// Registered things with one thing changed.
final class Changed {
    private Changed() {}

    static Client policy(Client c, UnaryOperator<DevicePolicy> change) {
        return client(
                c,
                c.enabled(),
                c.grantTypes(),
                c.refreshToken(),
                change.apply(c.deviceAuthorization()));
    }

    static Client enabled(Client c, boolean enabled) {
        return client(c, enabled, c.grantTypes(), c.refreshToken(), c.deviceAuthorization());
    }

    static Client grants(Client c, Set<GrantType> grants) {
        return client(c, c.enabled(), grants, c.refreshToken(), c.deviceAuthorization());
    }

    static Client refresh(Client c, RefreshPolicy policy) {
        return client(c, c.enabled(), c.grantTypes(), policy, c.deviceAuthorization());
    }

    /// Another client like this one, that authenticates with its keys.
    static Client keyed(Client c, String id, List<String> jwks) {
        var method = ClientAuthenticationMethod.PRIVATE_KEY_JWT;
        return copy(c, new ClientId(id), method, jwks, c.webOrigins());
    }

    static Client method(Client c, ClientAuthenticationMethod method) {
        return copy(c, c.id(), method, c.publicKeys(), c.webOrigins());
    }

    static Client origins(Client c, String... origins) {
        return copy(c, c.id(), c.authenticationMethod(), c.publicKeys(), List.of(origins));
    }

    private static Client copy(
            Client c,
            ClientId id,
            ClientAuthenticationMethod method,
            List<String> jwks,
            List<String> origins) {
        return new Client(
                id,
                c.name(),
                c.appType(),
                c.firstParty(),
                c.enabled(),
                method,
                c.secret(),
                jwks,
                c.grantTypes(),
                c.refreshToken(),
                c.deviceAuthorization(),
                c.idTokenAlgorithm(),
                c.idTokenLifetime(),
                origins,
                c.connections(),
                c.logo());
    }

    private static Client client(
            Client c,
            boolean enabled,
            Set<GrantType> grants,
            RefreshPolicy refresh,
            DevicePolicy policy) {
        return new Client(
                c.id(),
                c.name(),
                c.appType(),
                c.firstParty(),
                enabled,
                c.authenticationMethod(),
                c.secret(),
                c.publicKeys(),
                grants,
                refresh,
                policy,
                c.idTokenAlgorithm(),
                c.idTokenLifetime(),
                c.webOrigins(),
                c.connections(),
                c.logo());
    }

    static DevicePolicy times(DevicePolicy p, Duration lifetime, Duration interval) {
        return new DevicePolicy(
                lifetime,
                interval,
                p.authenticationRequired(),
                p.verificationUriComplete(),
                p.network(),
                p.scopes(),
                p.requireDpop(),
                p.requireReauthentication(),
                p.maxLinksPerUser(),
                p.users());
    }

    static DevicePolicy scopes(DevicePolicy p, Scopes scopes) {
        return new DevicePolicy(
                p.lifetime(),
                p.interval(),
                p.authenticationRequired(),
                p.verificationUriComplete(),
                p.network(),
                Optional.of(scopes),
                p.requireDpop(),
                p.requireReauthentication(),
                p.maxLinksPerUser(),
                p.users());
    }

    static DevicePolicy network(DevicePolicy p, NetworkPolicy network) {
        return new DevicePolicy(
                p.lifetime(),
                p.interval(),
                p.authenticationRequired(),
                p.verificationUriComplete(),
                network,
                p.scopes(),
                p.requireDpop(),
                p.requireReauthentication(),
                p.maxLinksPerUser(),
                p.users());
    }

    static DevicePolicy authenticationOptional(DevicePolicy p) {
        return new DevicePolicy(
                p.lifetime(),
                p.interval(),
                false,
                p.verificationUriComplete(),
                p.network(),
                p.scopes(),
                p.requireDpop(),
                p.requireReauthentication(),
                p.maxLinksPerUser(),
                p.users());
    }

    static DevicePolicy withoutCompleteUri(DevicePolicy p) {
        return new DevicePolicy(
                p.lifetime(),
                p.interval(),
                p.authenticationRequired(),
                false,
                p.network(),
                p.scopes(),
                p.requireDpop(),
                p.requireReauthentication(),
                p.maxLinksPerUser(),
                p.users());
    }

    static DevicePolicy reauthentication(DevicePolicy p) {
        return new DevicePolicy(
                p.lifetime(),
                p.interval(),
                p.authenticationRequired(),
                p.verificationUriComplete(),
                p.network(),
                p.scopes(),
                p.requireDpop(),
                true,
                p.maxLinksPerUser(),
                p.users());
    }

    static DevicePolicy dpopRequired(DevicePolicy p, boolean required) {
        return new DevicePolicy(
                p.lifetime(),
                p.interval(),
                p.authenticationRequired(),
                p.verificationUriComplete(),
                p.network(),
                p.scopes(),
                required,
                p.requireReauthentication(),
                p.maxLinksPerUser(),
                p.users());
    }

    static DevicePolicy linksMax(DevicePolicy p, int max) {
        return new DevicePolicy(
                p.lifetime(),
                p.interval(),
                p.authenticationRequired(),
                p.verificationUriComplete(),
                p.network(),
                p.scopes(),
                p.requireDpop(),
                p.requireReauthentication(),
                max,
                p.users());
    }

    static DevicePolicy users(DevicePolicy p, String... emails) {
        return new DevicePolicy(
                p.lifetime(),
                p.interval(),
                p.authenticationRequired(),
                p.verificationUriComplete(),
                p.network(),
                p.scopes(),
                p.requireDpop(),
                p.requireReauthentication(),
                p.maxLinksPerUser(),
                Optional.of(List.of(emails)));
    }

    static void deviceFlow(TestTandem tandem, boolean enabled) {
        tandem.server()
                .store()
                .write(tx -> {
                    Tenant t = tx.registered().tenant();
                    tx.registry()
                            .put(
                                    new Tenant(
                                            t.friendlyName(),
                                            t.defaultAudience(),
                                            t.userCodes(),
                                            enabled,
                                            t.accentColor(),
                                            t.logo()));
                    return true;
                });
    }
}
