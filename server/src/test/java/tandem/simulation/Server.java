package tandem.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tandem.model.Access;
import tandem.model.Approval;
import tandem.model.Authentication;
import tandem.model.Binding;
import tandem.model.DeviceAuthorization;
import tandem.model.DeviceAuthorization.Poll;
import tandem.model.DeviceAuthorization.State;
import tandem.model.DeviceFacts;
import tandem.model.Ids;
import tandem.model.Link;
import tandem.model.Link.Rotation;
import tandem.model.Origin;
import tandem.model.Pace;
import tandem.model.RowId;
import tandem.oauth.ClientId;
import tandem.oauth.DeviceCode;
import tandem.oauth.Scopes;
import tandem.oauth.SecretHash;
import tandem.oauth.UserCodeFormat;

/// The server's state, changed by the server's own decisions. Nothing happens at once here, so rows
/// need no store: what a conditional update decides there is decided by asking first.
final class Server {
    static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    private static final Origin ORIGIN = new Origin("192.0.2.1", "");
    private static final Access ACCESS =
            new Access(Scopes.of(Scopes.OFFLINE_ACCESS), List.of(), Optional.empty());
    private static final DeviceAuthorization.Request REQUEST =
            new DeviceAuthorization.Request(
                    new ClientId("tv"), ACCESS, Binding.NONE, ORIGIN, DeviceFacts.NONE);

    enum Answer {
        PENDING,
        SLOW_DOWN,
        TOKENS,
        REFUSED
    }

    /// What the store knows of one device: its last codes, and the link they became.
    static final class Row {
        private DeviceAuthorization asked;
        private Pace pace;
        private Optional<Link> link = Optional.empty();

        private Row(DeviceAuthorization asked, Pace pace) {
            this.asked = asked;
            this.pace = pace;
        }

        boolean undecided(long now) {
            return asked.undecided(at(now));
        }
    }

    private final Fleet fleet;
    private final Tally tally;
    private final RandomGenerator random;
    private long live;
    private long undecided;
    private int longest;

    Server(Fleet fleet, Tally tally, RandomGenerator random) {
        this.fleet = fleet;
        this.tally = tally;
        this.random = random;
    }

    static Instant at(long millis) {
        return START.plusMillis(millis);
    }

    /// The length of the longest user code so far.
    int longest() {
        return longest;
    }

    /// Codes whose time is not over, whatever became of them.
    long live() {
        return live;
    }

    /// Codes that somebody may still decide.
    long undecided() {
        return undecided;
    }

    Row asks(long now) {
        var code = DeviceCode.random(random);
        var userCode = UserCodeFormat.BASE20_4_4.random(live, random).value();
        var asked =
                DeviceAuthorization.asked(
                        RowId.next(at(now), random),
                        code,
                        SecretHash.sha256(userCode),
                        REQUEST,
                        fleet.codeLifetime(),
                        at(now));
        live++;
        undecided++;
        longest = Math.max(longest, userCode.length());
        tally.add(Tally.Of.CODES, now);
        return new Row(asked, Pace.of(fleet.interval()));
    }

    /// A device that was linked so long ago and has kept its link since.
    ///
    /// @return with the generation of its token
    Kept linked(long ago) {
        var row = asks(-ago);
        decides(row, true, -ago);
        polls(row, false, -ago);
        live--;
        int generation = 1;
        long often = fleet.refresh().idleLifetime().toMillis() / 2;
        for (long at = -ago + often; at < 0; at += often) {
            refreshes(row, generation++, at);
        }
        return new Kept(row, generation);
    }

    record Kept(Row row, int generation) {}

    /// The codes' time is over.
    void forgets(Row row, long now) {
        if (!row.asked.expired(at(now))) {
            throw new AssertionError("a code is counted as over that lives");
        }
        live--;
        if (row.asked.state() instanceof State.Pending) {
            undecided--;
            tally.add(Tally.Of.RAN_OUT, now);
        }
    }

    void decides(Row row, boolean approves, long now) {
        if (row.undecided(now)) {
            row.asked = with(row.asked, approves ? approved(now) : new State.Denied(at(now)));
            undecided--;
        }
    }

    private static State approved(long now) {
        var signedIn = new Authentication(at(now), List.of("pwd"));
        return new State.Approved(new Approval("usr_1", ACCESS.scopes(), signedIn, at(now)));
    }

    private static DeviceAuthorization with(DeviceAuthorization asked, State state) {
        return new DeviceAuthorization(
                asked.id(),
                asked.deviceCode(),
                asked.userCode(),
                asked.request(),
                asked.askedAt(),
                asked.expiresAt(),
                asked.expiryTold(),
                asked.wrongVerifiers(),
                state);
    }

    /// @param waited whether the poll waited here, which knows no pace
    Answer polls(Row row, boolean waited, long now) {
        var outcome = row.asked.poll(at(now));
        if (outcome instanceof Poll.Pending && !waited && row.pace.tooSoon(at(now))) {
            row.pace = row.pace.broken();
            tally.add(Tally.Of.SLOW_DOWNS, now);
            return Answer.SLOW_DOWN;
        }
        return switch (outcome) {
            case Poll.Pending() -> {
                row.pace = row.pace.accepted(at(now));
                yield Answer.PENDING;
            }
            case Poll.Approved(var approval) -> {
                redeems(row, approval, now);
                yield Answer.TOKENS;
            }
            case Poll.Denied() -> Answer.REFUSED;
            case Poll.Expired() -> Answer.REFUSED;
            case Poll.Spent() -> Answer.REFUSED;
        };
    }

    private void redeems(Row row, Approval approval, long now) {
        if (row.link.isPresent()) {
            throw new AssertionError("redeemed a second time");
        }
        if (!at(now).isBefore(row.asked.askedAt().plus(fleet.codeLifetime()))) {
            throw new AssertionError("redeemed after its time");
        }
        var id = Ids.LINK.random(random);
        var refresh =
                new Link.Refresh(
                        1,
                        token(id, 1),
                        Optional.empty(),
                        at(now),
                        at(now).plus(fleet.refresh().idleLifetime()));
        row.link =
                Optional.of(
                        Link.of(
                                id,
                                row.asked,
                                approval,
                                ACCESS,
                                Optional.empty(),
                                "TV",
                                new Link.Seen(at(now), ORIGIN),
                                at(now).plus(fleet.refresh().tokenLifetime()),
                                Optional.of(refresh)));
        row.asked = with(row.asked, new State.Redeemed(id, at(now)));
        tally.add(Tally.Of.LINKS, now);
    }

    /// @param generation of the token that the device holds
    Answer refreshes(Row row, int generation, long now) {
        var link = row.link.orElseThrow();
        var presented = new Link.Presented(generation, token(link.id(), generation));
        var successor = token(link.id(), generation + 1);
        var seen = new Link.Seen(at(now), ORIGIN);
        return switch (link.rotate(presented, successor, fleet.refresh(), seen)) {
            case Rotation.Rotated(var next) -> {
                row.link = Optional.of(next);
                tally.add(Tally.Of.ROTATIONS, now);
                yield Answer.TOKENS;
            }
            case Rotation.Repeated() -> {
                tally.add(Tally.Of.REPEATS, now);
                yield Answer.TOKENS;
            }
            case Rotation.Reused(var ended) -> {
                row.link = Optional.of(ended);
                tally.add(Tally.Of.REUSED, now);
                yield Answer.REFUSED;
            }
            case Rotation.Ahead() -> throw new AssertionError("a token that was never given");
            case Rotation.Gone() -> {
                if (link.ended().isEmpty() && at(now).isBefore(link.expiresAt())) {
                    throw new AssertionError("logged out before its time");
                }
                yield Answer.REFUSED;
            }
        };
    }

    void unlinks(Row row, long now) {
        row.link = row.link.map(link -> link.end(Link.By.USER, at(now)));
    }

    private static SecretHash token(String link, int generation) {
        return SecretHash.sha256(link + generation);
    }
}
