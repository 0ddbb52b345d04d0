package tandem.simulation;

import java.time.Duration;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/// Lets a fleet live for some days, from one thing that happens to the next.
final class Simulation {
    private static final long SECOND = Duration.ofSeconds(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long RETRY = Duration.ofSeconds(5).toMillis();
    private static final long HASTE = Duration.ofSeconds(2).toMillis();
    private static final long SLOWER = Duration.ofSeconds(5).toMillis();

    private final Fleet fleet;
    private final RandomGenerator random;
    private final Outage outage;
    private final Tally tally;
    private final Server server;
    private final PriorityQueue<Event> agenda = new PriorityQueue<>();
    private final long end;
    private long now;
    private long planned;
    private long events;
    private int awake;

    /// Something that is going to happen; of two at the same moment, what was planned first.
    private record Event(long at, long number, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    /// What came of it.
    ///
    /// @param events how many things happened
    record Result(Tally tally, int longestCode, long events) {}

    /// A time in which nobody is answered.
    record Outage(Duration from, Duration to) {
        static final Outage NONE = new Outage(Duration.ZERO, Duration.ZERO);

        boolean at(long millis) {
            return millis >= from.toMillis() && millis < to.toMillis();
        }
    }

    private Simulation(Fleet fleet, int days, Outage outage, RandomGenerator random) {
        this.fleet = fleet;
        this.random = random;
        this.outage = outage;
        this.tally = new Tally(days);
        this.server = new Server(fleet, tally, random);
        this.end = Duration.ofDays(days).toMillis();
    }

    /// Devices with links of every age. The first day is there for what was begun in the middle.
    static Result of(Fleet fleet, int days, Outage outage, RandomGenerator random) {
        var simulation = new Simulation(fleet, days, outage, random);
        for (int i = 0; i < fleet.devices(); i++) {
            simulation.new Device().begins();
        }
        return simulation.run();
    }

    /// No device has a link, and each asks for codes within this time.
    static Result anew(Fleet fleet, Duration within, RandomGenerator random) {
        var simulation = new Simulation(fleet, 1, Outage.NONE, random);
        for (int i = 0; i < fleet.devices(); i++) {
            var device = simulation.new Device();
            simulation.plan(random.nextLong(within.toMillis()), device::asks);
        }
        return simulation.run();
    }

    private Result run() {
        plan(0, this::looks);
        for (var next = agenda.poll(); next != null; next = agenda.poll()) {
            now = next.at;
            events++;
            next.what.run();
        }
        return new Result(tally, server.longest(), events);
    }

    private void plan(long after, Runnable what) {
        if (now + after < end) {
            agenda.add(new Event(now + after, planned++, what));
        }
    }

    private void looks() {
        tally.add(Tally.Of.LIVE_CODES, now, server.live());
        tally.add(Tally.Of.UNDECIDED, now, server.undecided());
        tally.add(Tally.Of.AWAKE, now, awake);
        plan(MINUTE, this::looks);
    }

    private long about(Duration mean) {
        return (long) (random.nextExponential() * mean.toMillis());
    }

    private boolean happens(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    /// A device and its person.
    private final class Device {
        private final boolean hasty = happens(fleet.hasty());
        private boolean used;
        private boolean busy;
        private long tokenUntil;
        private int generation;
        private int failures;
        private long polled;
        private Optional<Server.Row> link = Optional.empty();
        private Optional<Server.Row> waiting = Optional.empty();

        void begins() {
            var kept = server.linked(fleet.age(random.nextDouble()).toMillis());
            link = Optional.of(kept.row());
            generation = kept.generation();
            maybeUnlinked(kept.row());
            tokenUntil = random.nextLong(fleet.accessToken().toMillis());
            plan(tokenUntil, this::needsToken);
            plan(sleep(), this::wakes);
        }

        private void wakes() {
            used = true;
            awake++;
            plan(about(fleet.awake()), this::sleeps);
            needsToken();
        }

        private void sleeps() {
            used = false;
            awake--;
            plan(sleep(), this::wakes);
        }

        /// Drawn at the highest rate, and then kept as often as the hour's rate says.
        private long sleep() {
            double most = 1 + fleet.swing();
            long after = 0;
            do {
                after += (long) (random.nextExponential() * fleet.asleep().toMillis() / most);
            } while (random.nextDouble() * most > fleet.wakes((now + after) / 1000.0));
            return after;
        }

        private void needsToken() {
            if (used && !busy && now >= tokenUntil) {
                busy = true;
                refreshes();
            }
        }

        private void refreshes() {
            if (outage.at(now)) {
                plan(backOff(), this::refreshesIfUsed);
                return;
            }
            var answer = server.refreshes(link.orElseThrow(), generation, now);
            if (answer == Server.Answer.REFUSED) {
                asks();
            } else if (happens(fleet.lost())) {
                plan(RETRY, this::refreshes);
            } else {
                generation++;
                hasToken();
            }
        }

        private void refreshesIfUsed() {
            if (used) {
                refreshes();
            } else {
                busy = false;
            }
        }

        /// Twice as long each time, up to five minutes, and up to half of it less.
        private long backOff() {
            long most = Math.min(Fleet.BACK_OFF_MAX.toMillis(), SECOND << Math.min(failures++, 20));
            return most - random.nextLong(most / 2);
        }

        private void hasToken() {
            busy = false;
            failures = 0;
            tokenUntil = now + fleet.accessToken().toMillis();
            plan(fleet.accessToken().toMillis(), this::needsToken);
        }

        void asks() {
            if (outage.at(now)) {
                plan(backOff(), this::asks);
                return;
            }
            busy = true;
            var codes = server.asks(now);
            plan(fleet.codeLifetime().toMillis(), () -> server.forgets(codes, now));
            var people = fleet.people();
            double draw = random.nextDouble();
            if (draw < people.approving() + people.denying()) {
                plan(
                        people.least().toMillis() + about(people.more()),
                        () -> decides(codes, draw < people.approving()));
            }
            long interval = hasty ? HASTE : fleet.interval().toMillis();
            plan(interval, () -> polls(codes, interval));
        }

        private void decides(Server.Row codes, boolean approves) {
            server.decides(codes, approves, now);
            waiting.filter(codes::equals).ifPresent(this::hears);
        }

        private void polls(Server.Row codes, long interval) {
            if (outage.at(now)) {
                plan(interval, () -> polls(codes, interval));
                return;
            }
            tally.add(Tally.Of.POLLS, now);
            if (fleet.longPoll().isZero() || !codes.undecided(now)) {
                answered(codes, server.polls(codes, false, now), interval);
            } else {
                waiting = Optional.of(codes);
                long poll = ++polled;
                plan(
                        fleet.longPoll().toMillis(),
                        () -> {
                            if (poll == polled) {
                                waiting.ifPresent(this::hears);
                            }
                        });
            }
        }

        private void hears(Server.Row codes) {
            waiting = Optional.empty();
            var answer = server.polls(codes, true, now);
            answered(codes, answer, fleet.interval().toMillis());
        }

        private void answered(Server.Row codes, Server.Answer answer, long interval) {
            switch (answer) {
                case PENDING -> plan(interval, () -> polls(codes, interval));
                case SLOW_DOWN -> {
                    long next = hasty ? interval : interval + SLOWER;
                    plan(next, () -> polls(codes, next));
                }
                case TOKENS -> {
                    if (happens(fleet.lost())) {
                        plan(interval, () -> polls(codes, interval));
                    } else {
                        link = Optional.of(codes);
                        generation = 1;
                        hasToken();
                        maybeUnlinked(codes);
                    }
                }
                case REFUSED -> plan(about(fleet.again()), this::asks);
            }
        }

        private void maybeUnlinked(Server.Row row) {
            if (fleet.unlinks() > 0) {
                double days = random.nextExponential() / fleet.unlinks();
                plan((long) (days * Duration.ofDays(1).toMillis()), () -> server.unlinks(row, now));
            }
        }
    }
}
