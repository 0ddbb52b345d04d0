package tandem.manage;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Function;
import tandem.keys.KeyRing;
import tandem.model.Account.PasswordHash;
import tandem.secret.SecretKeys;
import tandem.store.Store;
import tandem.token.Issuer;
import tandem.token.PresentedTokens;
import tandem.web.Routes;

/// The room's door: the Management API's endpoints, in Auth0's shape.
public final class ManagementRoom {

    private final Needs needs;

    /// What the room needs from the floors below.
    ///
    /// @param passwords hashes a password
    public record Needs(
            Store store,
            SecretKeys keys,
            KeyRing ring,
            Function<String, PasswordHash> passwords,
            PresentedTokens tokens,
            Issuer issuer,
            InstantSource clock,
            SecureRandom random) {}

    public ManagementRoom(Needs needs) {
        this.needs = needs;
    }

    public void routes(Routes routes) {
        routes.area("/api/v2/", Problem::tell);
        var gate = new Gate(needs.store, needs.tokens, needs.issuer);
        var unlinking = new Unlinking(needs.clock);
        new DeviceCredentials(needs, gate, unlinking).routes(routes);
        new Users(needs, gate, unlinking).routes(routes);
        new Clients(needs, gate).routes(routes);
        new Grants(needs, gate, unlinking).routes(routes);
        new SigningKeyList(needs, gate).routes(routes);
        new Logs(needs, gate).routes(routes);
    }
}
