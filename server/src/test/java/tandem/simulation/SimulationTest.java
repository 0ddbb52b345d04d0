package tandem.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import tandem.simulation.Simulation.Outage;

/// The formulas of [Capacity] and a fleet that lives through the server's own decisions come to the
/// same, and no honest device loses anything.
///
/// `-Dtandem.fleet=1000000` takes a larger fleet, `-Dtandem.fleet.seed=S` other chances.
class SimulationTest {
    private static final int DEVICES = Integer.getInteger("tandem.fleet", 20_000);
    private static final long SEED = Long.getLong("tandem.fleet.seed", 1);
    private static final int DAYS = 4;

    /// Of figures a second: those of an hour rest on a few hundred devices.
    private static final Percentage NEAR = Percentage.withPercentage(5);

    private static final Percentage NEAR_IN_AN_HOUR = Percentage.withPercentage(10);

    @Test
    void days_of_a_fleet_are_as_the_formulas_say() {
        var fleet = Fleet.ofTelevisions(DEVICES);
        var said = Capacity.of(fleet);
        var lived = lives(fleet, DAYS, Outage.NONE);
        assertNear("refreshes", lived, Tally.Of.ROTATIONS, said.refreshes(), 1);
        assertNear("codes", lived, Tally.Of.CODES, said.codes(), 1);
        assertNear("links", lived, Tally.Of.LINKS, said.links(), 1);
        assertNear("polls", lived, Tally.Of.POLLS, said.polls(), 1);
        assertNear("awake", lived, Tally.Of.AWAKE, said.awake(), 60);
        assertNear("live codes", lived, Tally.Of.LIVE_CODES, said.liveCodes(), 60);
        assertNear("codes that wait", lived, Tally.Of.UNDECIDED, said.waiting(), 60);
        assertThat(lived.longestCode()).isEqualTo(said.length());
        assertHonestDevicesLoseNothing(lived);
        assertThat(lived.tally().all(Tally.Of.REPEATS)).isPositive();
    }

    @Test
    void polls_that_wait_are_as_few_as_the_formulas_say() {
        var fleet = Fleet.ofTelevisions(DEVICES).waiting(Duration.ofSeconds(30));
        var lived = lives(fleet, 2, Outage.NONE);
        double polls = lived.tally().load(Tally.Of.POLLS).mean();
        assertThat(polls).isCloseTo(Capacity.of(fleet).polls().mean(), NEAR);
        assertHonestDevicesLoseNothing(lived);
    }

    /// Everybody asks again within an hour, as after an update that signed all of them out.
    @Test
    void user_codes_grow_when_all_devices_ask_at_once() {
        var fleet = Fleet.ofTelevisions(DEVICES);
        var hour = Duration.ofHours(1);
        var lived = Simulation.anew(fleet, hour, new Random(SEED));
        double live = DEVICES * (double) fleet.codeLifetime().toSeconds() / hour.toSeconds();
        assertThat(Capacity.length(live)).isGreaterThan(8);
        assertThat(lived.longestCode()).isEqualTo(Capacity.length(live));
        assertHonestDevicesLoseNothing(lived);
    }

    @Test
    void devices_that_do_not_listen_are_told_to_slow_down_and_are_linked_all_the_same() {
        var fleet = Fleet.ofTelevisions(2_000).withHasty(1);
        var lived = Simulation.anew(fleet, Duration.ofHours(1), new Random(SEED));
        assertThat(lived.tally().all(Tally.Of.SLOW_DOWNS)).isPositive();
        assertThat(lived.tally().all(Tally.Of.LINKS)).isGreaterThan(1_900);
    }

    /// Whoever was used and had no token when the server is back asks within the next minutes: each
    /// waits between half of the longest pause and all of it.
    @Test
    void after_an_outage_all_come_at_once_and_keep_their_links() {
        var fleet = Fleet.ofTelevisions(DEVICES);
        var outage = new Outage(Duration.ofHours(18), Duration.ofHours(20));
        var lived = lives(fleet, 1, outage);
        int back = (int) outage.to().toMinutes();
        double used = lived.tally().inMinute(Tally.Of.AWAKE, back);
        double herd = lived.tally().inMinute(Tally.Of.ROTATIONS, back) / 60.0;
        System.out.printf("herd: formula %.1f a second, lived %.1f%n", Capacity.herd(used), herd);
        assertThat(herd).isCloseTo(Capacity.herd(used), NEAR_IN_AN_HOUR);
        assertThat(herd).isGreaterThan(10 * Capacity.of(fleet).refreshes().peak());
        assertThat(lived.tally().all(Tally.Of.REUSED)).isZero();
    }

    /// The price of rotation: an answer that is lost just before an outage can be asked for again
    /// within the leeway only.
    @Test
    void an_answer_lost_before_an_outage_longer_than_the_leeway_ends_the_link() {
        var fleet = Fleet.ofTelevisions(DEVICES).losing(0.25);
        var brief = new Outage(Duration.ofHours(18), Duration.ofHours(18).plusSeconds(20));
        assertThat(lives(fleet, 1, brief).tally().all(Tally.Of.REUSED)).isZero();
        var longer = new Outage(Duration.ofHours(18), Duration.ofHours(19));
        var lived = lives(fleet, 1, longer).tally();
        assertThat(lived.all(Tally.Of.REUSED)).isBetween(1L, 40L);
    }

    private static void assertNear(
            String what, Simulation.Result lived, Tally.Of of, Capacity.Load said, int times) {
        var load = lived.tally().load(of).times(times);
        System.out.printf(
                "%-16s formulas %9.3f %9.3f  lived %9.3f %9.3f%n",
                what, said.mean(), said.peak(), load.mean(), load.peak());
        assertThat(load.mean()).as(what).isCloseTo(said.mean(), NEAR);
        assertThat(load.peak()).as(what + ", busiest hour").isCloseTo(said.peak(), NEAR_IN_AN_HOUR);
    }

    private static void assertHonestDevicesLoseNothing(Simulation.Result lived) {
        assertThat(lived.tally().all(Tally.Of.REUSED)).as("links ended as reused").isZero();
        assertThat(lived.tally().all(Tally.Of.SLOW_DOWNS)).as("slow_down").isZero();
    }

    private static Simulation.Result lives(Fleet fleet, int days, Outage outage) {
        var begin = System.nanoTime();
        var lived = Simulation.of(fleet, days, outage, new Random(SEED));
        System.out.printf(
                "%d devices, %d days, seed %d: %d events in %.1f s%n",
                fleet.devices(), days, SEED, lived.events(), (System.nanoTime() - begin) / 1e9);
        return lived;
    }
}
