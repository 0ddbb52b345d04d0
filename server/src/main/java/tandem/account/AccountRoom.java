package tandem.account;

import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import tandem.metric.Metrics;
import tandem.secret.SecretKeys;
import tandem.store.Store;
import tandem.web.Limits;
import tandem.web.Routes;

/// The room's door: what it needs, and what it gives to the others.
public final class AccountRoom {
    private final LoginPages login;
    private final ProviderPages provider;
    private final AccountPages account;
    private final Providers providers;

    /// What the room needs from the floors below.
    public record Needs(
            Store store,
            SecretKeys keys,
            Limits limits,
            Passwords passwords,
            BrowserSessions sessions,
            Screen screen,
            URI issuer,
            InstantSource clock,
            SecureRandom random) {

        Telling telling() {
            return new Telling(store, limits, clock);
        }
    }

    public AccountRoom(Needs needs, Continuation continuation) {
        this.providers =
                new Providers(needs.store, needs.keys, needs.issuer, needs.clock, needs.random);
        this.login = new LoginPages(needs, providers, continuation);
        this.provider = new ProviderPages(needs, providers, continuation, login::page);
        this.account = new AccountPages(needs);
    }

    /// Tells how much goes on here.
    public void measure(Metrics metrics) {
        providers.measure(metrics);
    }

    public void routes(Routes routes) {
        login.routes(routes);
        provider.routes(routes);
        account.routes(routes);
    }
}
