package tandem.simulation;

/// What a fleet asks of the server, by formulas: each a second, on average and in the busiest hour.
/// How many codes live follows from Little's law.
///
/// @param refreshes rotations
/// @param codes codes asked for
/// @param polls all of them
/// @param liveCodes how many live at a time: those whose time is not over
/// @param waiting how many of them a person may still decide
/// @param awake how many devices are used at a time
/// @param length of the longest user codes, of twenty letters
record Capacity(
        Load refreshes,
        Load codes,
        Load links,
        Load polls,
        Load liveCodes,
        Load waiting,
        Load awake,
        int length) {

    private static final int STEP = 60;
    private static final int DAY = 24 * 3600 / STEP;
    private static final int DAYS_UNTIL_STEADY = 4;

    /// Of 20 to the power of the length, a 25-millionth may live.
    private static final double POSSIBLE_PER_LIVE = 25_000_000;

    record Load(double mean, double peak) {
        Load times(double factor) {
            return new Load(mean * factor, peak * factor);
        }
    }

    static Capacity of(Fleet fleet) {
        var day = new Day(fleet);
        double success = approved(fleet) * (1 - fleet.lost());
        double asked = fleet.devices() / linkCycle(fleet, success) / success;
        var codes = day.discoveries.times(asked / day.discoveries.mean);
        var refreshes =
                new Load(
                        day.renewals.mean - codes.mean * success,
                        day.renewals.peak - codes.peak * success);
        var live = codes.times((double) fleet.codeLifetime().toSeconds());
        return new Capacity(
                refreshes,
                codes,
                codes.times(approved(fleet)),
                codes.times(pollsPerCode(fleet)),
                live,
                codes.times(waitingPerCode(fleet)),
                day.awake,
                length(live.peak));
    }

    /// The share of codes that become a link: approved before the device's last poll.
    private static double approved(Fleet fleet) {
        double last = fleet.codeLifetime().minus(fleet.interval()).toSeconds();
        return fleet.people().approving() * (1 - fleet.people().undecided(last));
    }

    /// The next poll is sent if nobody had decided when the one before was answered.
    static double pollsPerCode(Fleet fleet) {
        double cycle = fleet.interval().plus(fleet.longPoll()).toSeconds();
        double polls = 0;
        for (double at = 0; at < fleet.codeLifetime().toSeconds(); at += cycle) {
            polls += undecided(fleet, at);
        }
        return polls;
    }

    private static double waitingPerCode(Fleet fleet) {
        double seconds = 0;
        for (double at = 0; at < fleet.codeLifetime().toSeconds(); at++) {
            seconds += undecided(fleet, at + 0.5);
        }
        return seconds;
    }

    private static double undecided(Fleet fleet, double seconds) {
        var people = fleet.people();
        double deciding = people.approving() + people.denying();
        return deciding * people.undecided(seconds) + 1 - deciding;
    }

    /// From one link of a device to its next: until the link ends, until the device notices, and
    /// until codes are approved.
    private static double linkCycle(Fleet fleet, double success) {
        double absolute = fleet.refresh().tokenLifetime().toSeconds();
        double unlinks = fleet.unlinks() / 86_400;
        double life = unlinks == 0 ? absolute : (1 - Math.exp(-unlinks * absolute)) / unlinks;
        double failures = 1 / success - 1;
        return life
                + noticing(fleet)
                + failures * fleet.again().toSeconds()
                + waitingPerCode(fleet) / success;
    }

    /// How long until the next refresh, seen from any moment: E[I²] / 2 E[I] of the time between
    /// two, which is the token's, and where the device sleeps then, what is left of its sleep.
    private static double noticing(Fleet fleet) {
        double token = fleet.accessToken().toSeconds();
        double asleep = fleet.asleep().toSeconds();
        double ends = 1 / asleep + 1.0 / fleet.awake().toSeconds();
        double sleeps = (1 - 1 / asleep / ends) * (1 - Math.exp(-token * ends));
        double mean = token + sleeps * asleep;
        double square = token * token + sleeps * (2 * token * asleep + 2 * asleep * asleep);
        return square / (2 * mean);
    }

    /// What comes a second when the server is back, if all that are used wait for a token: a pause
    /// is between half of the longest and all of it.
    static double herd(double used) {
        return used / (0.75 * Fleet.BACK_OFF_MAX.toSeconds());
    }

    static int length(double live) {
        int length = 8;
        while (live > Math.pow(20, length) / POSSIBLE_PER_LIVE) {
            length++;
        }
        return length;
    }

    /// One day of so many devices that chance plays no part, minute by minute.
    private static final class Day {
        private final Load renewals;
        private final Load discoveries;
        private final Load awake;

        /// Devices are awake, or asleep; of those asleep, some have a token that ran out. A device
        /// that renewed its token does so again when it runs out, if it is awake then, or else when
        /// it is woken. Links end at any time and are found ended at the next renewal, so those are
        /// weighed by the time since the last one.
        Day(Fleet fleet) {
            int all = DAY * DAYS_UNTIL_STEADY;
            int token = (int) fleet.accessToken().toSeconds() / STEP;
            double sleeps = (double) STEP / fleet.awake().toSeconds();
            double share = 0.25;
            double out = fleet.devices() / 2.0;
            double age = out * token;
            var used = new double[all];
            var mixing = new double[all];
            var renewed = new double[all];
            var found = new double[all];
            for (int now = 0; now < all; now++) {
                double wakes = STEP * fleet.wakes((double) now * STEP) / fleet.asleep().toSeconds();
                used[now] = share;
                mixing[now] = (now == 0 ? 0 : mixing[now - 1]) + wakes + sleeps;
                double due = now < token ? fleet.devices() / 2.0 / token : renewed[now - token];
                double then = now < token ? share : used[now - token];
                double apart = now < token ? 1 : Math.exp(mixing[now - token] - mixing[now]);
                double stillAwake = share + (1 - then) * apart;
                double woken = out * wakes;
                renewed[now] = due * stillAwake + woken;
                found[now] = due * stillAwake * token + age * wakes;
                age += out + due * (1 - stillAwake) * token - age * wakes;
                out += due * (1 - stillAwake) - woken;
                share += (1 - share) * wakes - share * sleeps;
            }
            renewals = load(renewed);
            discoveries = load(found);
            awake = load(used).times((double) STEP * fleet.devices());
        }

        /// Of the last day, a second.
        private static Load load(double[] series) {
            double sum = 0;
            double peak = 0;
            for (int hour = 0; hour < 24; hour++) {
                double inHour = 0;
                for (int minute = 0; minute < 60; minute++) {
                    inHour += series[series.length - DAY + hour * 60 + minute];
                }
                sum += inHour;
                peak = Math.max(peak, inHour / 3600);
            }
            return new Load(sum / 86_400, peak);
        }
    }
}
