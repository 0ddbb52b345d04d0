package tandem.device;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tandem.account.BrowserSessions;
import tandem.account.Continuation;
import tandem.account.Screen;
import tandem.metric.Metrics;
import tandem.model.DeviceAuthorization;
import tandem.oauth.Profile;
import tandem.secret.SecretKeys;
import tandem.store.Hold;
import tandem.store.Signal;
import tandem.store.Store;
import tandem.token.ClientAuthentication;
import tandem.token.DpopProofs;
import tandem.token.Grant;
import tandem.token.Issuer;
import tandem.token.OAuthEndpoint;
import tandem.token.SummedLimits;
import tandem.token.TokenIssuer;
import tandem.web.Limits;
import tandem.web.Routes;

/// The room's door: what it needs, and what it gives to the others.
public final class DeviceRoom {

    private static final Duration ENTRY_KEPT = Duration.ofDays(1);

    /// A code of a node whose clock is behind, or whose commit took long, comes after the sweep has
    /// passed the end of its life.
    private static final Duration LATE = Duration.ofMinutes(1);

    private final DeviceFlow flow;
    private final TokenIssuer tokens;
    private final ClientAuthentication clients;
    private final DpopProofs proofs;
    private final CodePages codePages;
    private final DecisionPages decisionPages;
    private volatile Instant toldTo = Instant.EPOCH;
    private volatile Instant forgottenTo = Instant.EPOCH;

    /// What the room needs from the floors below.
    ///
    /// @param screen draws pages
    public record Needs(
            Store store,
            SecretKeys keys,
            Limits limits,
            SummedLimits summed,
            ClientAuthentication clients,
            TokenIssuer tokens,
            DpopProofs proofs,
            Profile profile,
            Issuer issuer,
            BrowserSessions sessions,
            Screen screen,
            InstantSource clock,
            SecureRandom random) {}

    public DeviceRoom(Needs needs) {
        this.flow =
                new DeviceFlow(
                        needs.store,
                        new LiveCodes(needs.store::hearing),
                        needs.keys,
                        needs.limits,
                        needs.summed,
                        needs.issuer,
                        needs.profile,
                        needs.clock,
                        needs.random);
        this.tokens = needs.tokens;
        this.proofs = needs.proofs;
        this.clients = needs.clients;
        this.codePages = new CodePages(flow, new CodeEntry(flow), needs.sessions, needs.screen);
        this.decisionPages =
                new DecisionPages(
                        flow, new Decisions(flow), new Views(flow), needs.sessions, needs.screen);
        flow.store().listen(this::hear);
        flow.live().load(needs.store, needs.clock.instant());
    }

    public Grant grant() {
        return new DeviceCodeGrant(flow, tokens);
    }

    /// How sign-in goes on with a code that was entered before.
    public Continuation continuation() {
        return decisionPages;
    }

    public void routes(Routes routes) {
        routes.post(
                Issuer.DEVICE_AUTHORIZATION,
                new OAuthEndpoint(
                        clients,
                        ClientAuthentication.Demand.UNLESS_OPTIONAL,
                        Optional.of(proofs),
                        flow.profile(),
                        new DeviceAuthorizationEndpoint(flow)));
        codePages.routes(routes);
        decisionPages.routes(routes);
    }

    /// Answers the polls that wait: the server is about to stop.
    public void close() {
        flow.live().close();
    }

    /// Another node has told something.
    private void hear(Signal signal) {
        switch (signal) {
            case Signal.Decided(var deviceCode) -> flow.live().decided(deviceCode);
            case Signal.Silence() -> flow.live().silence();
            case Signal.KeysChanged(), Signal.Counted(_, _, _) -> {}
        }
    }

    /// Counts the live codes of all nodes together.
    public void count() {
        flow.live()
                .counted(flow.store().read(tx -> tx.deviceAuthorizations().countLive(flow.now())));
    }

    /// Tells how much goes on here.
    public void measure(Metrics metrics) {
        flow.live().measure(metrics);
    }

    public long liveCodes() {
        return flow.live().count();
    }

    /// Forgets what has run out, a slice at a time, and tells of codes that ran out unanswered.
    ///
    /// @return true when there is more to do
    public boolean sweep(int slice) {
        var now = flow.now();
        var cutoff = now.minus(DeviceAuthorization.REMEMBERED_AFTER_EXPIRY);
        flow.live().sweep(now);
        var done =
                flow.store()
                        .write(tx -> {
                            tx.hold(Hold.SWEEP);
                            var expired = tx.deviceAuthorizations().takeExpired(toldTo, now, slice);
                            tx.events()
                                    .add(
                                            expired.stream()
                                                    .map(asked -> DeviceFlow.expired(asked, now))
                                                    .toList());
                            int entries = tx.entries().sweep(now.minus(ENTRY_KEPT), slice);
                            var codes = tx.deviceAuthorizations().sweep(forgottenTo, cutoff, slice);
                            var told =
                                    expired.stream().map(DeviceAuthorization::expiresAt).toList();
                            return new Slice(told, entries, codes);
                        });
        // Known only now that it is committed.
        toldTo = end(done.told, slice, now);
        forgottenTo = end(done.forgotten, slice, cutoff);
        return Math.max(done.told.size(), Math.max(done.entries, done.forgotten.size())) >= slice;
    }

    private record Slice(List<Instant> told, int entries, List<Instant> forgotten) {}

    /// Where the next slice begins: after a full one, with the youngest of it; after the last one
    /// of a round, a little earlier than its end.
    private static Instant end(List<Instant> done, int slice, Instant last) {
        return done.size() < slice ? last.minus(LATE) : Collections.max(done);
    }
}
