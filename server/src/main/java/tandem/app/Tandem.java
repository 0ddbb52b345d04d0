package tandem.app;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tandem.account.AccountRoom;
import tandem.account.BrowserSessions;
import tandem.account.Passwords;
import tandem.account.Screen;
import tandem.device.DeviceRoom;
import tandem.keys.JwksEndpoint;
import tandem.keys.KeyRing;
import tandem.manage.ManagementApi;
import tandem.manage.ManagementRoom;
import tandem.manage.Resources;
import tandem.metric.Metrics;
import tandem.page.Languages;
import tandem.page.Pages;
import tandem.page.Theme;
import tandem.secret.SecretKeyFile;
import tandem.store.Store;
import tandem.store.StoreUnavailable;
import tandem.store.sql.SqlStore;
import tandem.store.sql.StoreLimits;
import tandem.token.AccessTokens;
import tandem.token.ClientAssertions;
import tandem.token.ClientAuthentication;
import tandem.token.ClientAuthentication.Demand;
import tandem.token.ClientCredentialsGrant;
import tandem.token.DpopProofs;
import tandem.token.IntrospectionEndpoint;
import tandem.token.Issuer;
import tandem.token.MetadataEndpoint;
import tandem.token.OAuthEndpoint;
import tandem.token.PresentedTokens;
import tandem.token.RefreshTokenGrant;
import tandem.token.RevocationEndpoint;
import tandem.token.SecretGuesses;
import tandem.token.SummedLimits;
import tandem.token.TokenEndpoint;
import tandem.token.TokenIssuer;
import tandem.token.UserinfoEndpoint;
import tandem.token.WebOrigins;
import tandem.web.ClientAddress;
import tandem.web.FormGuard;
import tandem.web.HttpServer;
import tandem.web.Limits;
import tandem.web.OAuthAnswer;
import tandem.web.Response;
import tandem.web.Routes;
import tandem.web.SessionCookie;
import tandem.web.TlsFiles;
import tandem.web.TlsIdentity;
import tools.jackson.databind.JsonNode;

/// The server, put together: every room with what it needs, in one place and in one order.
public final class Tandem implements Starter.Running {
    private static final int MANAGEMENT_CONNECTIONS_MAX = 64;

    private final Store store;
    private final DeviceRoom devices;
    private final HttpServer server;
    private final HttpServer operations;
    private final Sweeper sweeper;
    private final Draining draining;
    private final Metrics metrics;
    private final String host;

    private Tandem(
            Store store,
            DeviceRoom devices,
            HttpServer server,
            HttpServer operations,
            Sweeper sweeper,
            Draining draining,
            Metrics metrics,
            String host) {
        this.store = store;
        this.devices = devices;
        this.server = server;
        this.operations = operations;
        this.sweeper = sweeper;
        this.draining = draining;
        this.metrics = metrics;
        this.host = host;
    }

    /// Starts a server.
    ///
    /// @param resources checked, applied before the first request is answered
    /// @param more routes beside the server's own
    /// @throws IOException when the secret key file cannot be read or made
    public static Tandem start(
            Config settings,
            List<JsonNode> resources,
            InstantSource clock,
            SecureRandom random,
            Consumer<Routes> more)
            throws IOException {
        return start(settings, SqlStore::open, resources, clock, random, more);
    }

    /// The same, with something between the store and its database.
    public static Tandem start(
            Config settings,
            Opening opening,
            List<JsonNode> resources,
            InstantSource clock,
            SecureRandom random,
            Consumer<Routes> more)
            throws IOException {
        var metrics = new Metrics().jvm();
        var tls = settings.tls().map(files -> open(files, clock));
        var issuer = new Issuer(settings.issuer());
        var keys = SecretKeyFile.open(settings.secretKeyFile(), random);
        var store =
                opening.open(
                        settings.database().url(),
                        List.of(ManagementApi.api(issuer.management())),
                        StoreLimits.STANDARD);
        new Continuity(store, Watermark.beside(settings.secretKeyFile()), clock, random).begin();
        var ring = KeyRing.open(store, keys, clock, random);
        var limits = new Limits(settings.limits(), clock);
        var summed = new SummedLimits(store, keys, limits, random);

        var passwords = new Passwords();
        var written = new Resources(store, keys, passwords::hash, clock, random);
        for (var file : resources) {
            written.apply(file, issuer.toString());
        }

        boolean secure = settings.issuer().getScheme().equals("https");
        var cookie = new SessionCookie(keys, random, secure);
        var sessions = new BrowserSessions(store, cookie, clock, random);
        var screen =
                new Screen(
                        store,
                        Pages.in(Theme.STANDARD),
                        Languages.load(),
                        new FormGuard(keys, settings.issuer()),
                        secure);

        var assertions = new ClientAssertions(issuer, clock);
        var clients =
                new ClientAuthentication(
                        store, keys, assertions, new SecretGuesses(store, limits, summed, clock));
        var tokens = new TokenIssuer(issuer, ring, clock, random);
        var accessTokens = new AccessTokens(issuer, ring, store, clock);
        var proofs = new DpopProofs(keys, issuer, clock);
        var devices =
                new DeviceRoom(
                        new DeviceRoom.Needs(
                                store,
                                keys,
                                limits,
                                summed,
                                clients,
                                tokens,
                                proofs,
                                settings.profile(),
                                issuer,
                                sessions,
                                screen,
                                clock,
                                random));
        var accounts =
                new AccountRoom(
                        new AccountRoom.Needs(
                                store,
                                keys,
                                limits,
                                passwords,
                                sessions,
                                screen,
                                settings.issuer(),
                                clock,
                                random),
                        devices.continuation());

        var routes = new Routes();
        routes.area("/", (fault, request, id) -> TroublePage.of(screen, fault, request, id));
        routes.area("/oauth/", OAuthAnswer::tell);
        routes.area("/.well-known/", OAuthAnswer::tell);
        routes.area("/userinfo", OAuthAnswer::tell);
        // Who types only the host has a device to connect.
        routes.get("/", request -> Response.seeOther(Issuer.ACTIVATE));
        devices.routes(routes);
        accounts.routes(routes);
        var grants =
                List.of(
                        devices.grant(),
                        new RefreshTokenGrant(store, keys, tokens, clock),
                        new ClientCredentialsGrant(store, tokens));
        routes.post(
                Issuer.TOKEN,
                new OAuthEndpoint(
                        clients,
                        Demand.ALWAYS,
                        Optional.of(proofs),
                        settings.profile(),
                        new TokenEndpoint(grants)));
        routes.post(
                Issuer.REVOCATION,
                new OAuthEndpoint(
                        clients,
                        Demand.ALWAYS,
                        Optional.empty(),
                        settings.profile(),
                        new RevocationEndpoint(store, keys, accessTokens, clock)));
        routes.post(
                Issuer.INTROSPECTION,
                new OAuthEndpoint(
                        clients,
                        Demand.ALWAYS,
                        Optional.empty(),
                        settings.profile(),
                        new IntrospectionEndpoint(store, keys, issuer, accessTokens, clock)));
        var presented = new PresentedTokens(accessTokens, proofs);
        var userinfo = new UserinfoEndpoint(issuer, presented);
        routes.get(Issuer.USERINFO, userinfo).post(Issuer.USERINFO, userinfo);
        var metadata = new MetadataEndpoint(issuer, store);
        routes.get(Issuer.OPENID_METADATA, metadata)
                .get(Issuer.OAUTH_METADATA, metadata)
                .get(Issuer.JWKS, new JwksEndpoint(ring));
        new WebOrigins(store, accessTokens).share(routes);
        new ManagementRoom(
                        new ManagementRoom.Needs(
                                store,
                                keys,
                                ring,
                                passwords::hash,
                                presented,
                                issuer,
                                clock,
                                random))
                .routes(routes);
        more.accept(routes);
        new Pictures(screen, store).routes(routes);

        var server =
                HttpServer.start(
                        new HttpServer.Settings(
                                        settings.listen().host(),
                                        settings.listen().port(),
                                        new ClientAddress(settings.trustedProxies()),
                                        StoreUnavailable.class::isInstance)
                                .with(secure, tls),
                        routes,
                        metrics,
                        random);
        var draining = new Draining();
        var operations =
                HttpServer.start(
                        new HttpServer.Settings(
                                        settings.management().host(),
                                        settings.management().port(),
                                        new ClientAddress(List.of()),
                                        StoreUnavailable.class::isInstance)
                                .connections(MANAGEMENT_CONNECTIONS_MAX),
                        new Health(store, server, metrics, draining).routes(),
                        metrics,
                        random);
        var sweeper = new Sweeper(store, devices, ring, settings.eventsKept(), clock).start();
        tls.ifPresent(files -> sweeper.also(files::look));
        store.measure(metrics);
        limits.measure(metrics);
        passwords.measure(metrics);
        assertions.measure(metrics);
        proofs.measure(metrics);
        devices.measure(metrics);
        accounts.measure(metrics);
        server.measure(metrics);
        draining.measure(metrics);
        Logging.measure(metrics);
        return new Tandem(
                store,
                devices,
                server,
                operations,
                sweeper,
                draining,
                metrics,
                settings.listen().host());
    }

    @Override
    public HostAndPort listen() {
        return new HostAndPort(host, server.port());
    }

    @Override
    public HostAndPort management() {
        return new HostAndPort("127.0.0.1", operations.port());
    }

    public int port() {
        return server.port();
    }

    public Store store() {
        return store;
    }

    /// One round of forgetting, out of turn.
    public void sweep() {
        sweeper.sweep();
    }

    @Override
    public void drain() {
        devices.close();
        server.drain();
        draining.begin();
    }

    @Override
    public void close() {
        devices.close();
        server.close();
        operations.close();
        sweeper.close();
        store.close();
        metrics.close();
    }

    private static TlsFiles open(Config.Tls tls, InstantSource clock) {
        try {
            return TlsFiles.open(tls.certificate(), tls.key(), clock);
        } catch (TlsIdentity.Unfit unfit) {
            var key = unfit.aboutKey() ? "tls.key " : "tls.certificate ";
            throw new CannotStart(key + unfit.getMessage(), unfit);
        }
    }
}
