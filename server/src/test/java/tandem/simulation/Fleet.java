package tandem.simulation;

import java.time.Duration;
import tandem.model.RefreshPolicy;

/// What is assumed of devices, their people and their client's settings.
///
/// @param awake how long a device is used at a time, on average
/// @param asleep how long it is not, on average over the day
/// @param swing how much oftener than on average devices are woken at eight in the evening, and
///   rarer at eight in the morning: 0 for a day without hours
/// @param accessToken how long an access token lives; it is renewed when it is needed
/// @param unlinks how many links a person ends, a day and link
/// @param codeLifetime how long codes live
/// @param interval between polls
/// @param longPoll how long a poll waits at the server; zero for plain polling
/// @param again after which time a device asks again whose codes came to nothing
/// @param lost the share of answers with tokens that never arrive
/// @param hasty the share of devices that poll every two seconds, whatever they are told
record Fleet(
        int devices,
        Duration awake,
        Duration asleep,
        double swing,
        Duration accessToken,
        RefreshPolicy refresh,
        double unlinks,
        People people,
        Duration codeLifetime,
        Duration interval,
        Duration longPoll,
        Duration again,
        double lost,
        double hasty) {

    /// The longest pause between two tries at a server that does not answer.
    static final Duration BACK_OFF_MAX = Duration.ofMinutes(5);

    /// How soon people decide.
    ///
    /// @param approving the share that agrees
    /// @param denying the share that refuses; the others do nothing at all
    /// @param least which everybody needs
    /// @param more what is needed beyond that, on average
    record People(double approving, double denying, Duration least, Duration more) {

        /// The share of those who decide at all that has not after some seconds.
        double undecided(double seconds) {
            double beyond = seconds - least.toSeconds();
            return beyond <= 0 ? 1 : Math.exp(-beyond / more.toSeconds());
        }
    }

    /// Televisions that are used every evening, and whose people unlink them every five days: some
    /// days are to show many links end.
    static Fleet ofTelevisions(int devices) {
        return new Fleet(
                devices,
                Duration.ofHours(2),
                Duration.ofHours(6),
                0.8,
                Duration.ofHours(1),
                RefreshPolicy.STANDARD,
                0.2,
                new People(0.8, 0.02, Duration.ofSeconds(15), Duration.ofSeconds(45)),
                Duration.ofMinutes(10),
                Duration.ofSeconds(5),
                Duration.ZERO,
                Duration.ofHours(1),
                0.01,
                0);
    }

    /// The same, as `docs/scale.md` assumes: nearly all links last for their thirty days.
    static Fleet ofManyTelevisions(int devices) {
        return ofTelevisions(devices).with(0.003, Duration.ZERO, 0.01, 0);
    }

    /// The same devices, whose polls wait.
    Fleet waiting(Duration most) {
        return with(unlinks, most, lost, hasty);
    }

    /// The same devices, some of which do not listen.
    Fleet withHasty(double share) {
        return with(unlinks, longPoll, lost, share);
    }

    /// The same devices on a worse network.
    Fleet losing(double share) {
        return with(unlinks, longPoll, share, hasty);
    }

    private Fleet with(
            double otherUnlinks, Duration otherPoll, double otherLost, double otherHasty) {
        return new Fleet(
                devices,
                awake,
                asleep,
                swing,
                accessToken,
                refresh,
                otherUnlinks,
                people,
                codeLifetime,
                interval,
                otherPoll,
                again,
                otherLost,
                otherHasty);
    }

    /// How old a link is, seen from any moment: of older ones, more have been ended.
    ///
    /// @param chance evenly from 0 to 1
    Duration age(double chance) {
        double days = refresh.tokenLifetime().toSeconds() / 86_400.0;
        double age =
                unlinks == 0
                        ? chance * days
                        : -Math.log1p(-chance * -Math.expm1(-unlinks * days)) / unlinks;
        return Duration.ofSeconds((long) (age * 86_400));
    }

    /// How many times oftener than on average a device is woken at this second.
    double wakes(double second) {
        return 1 + swing * Math.cos(2 * Math.PI * (second / 3600 - 20) / 24);
    }
}
