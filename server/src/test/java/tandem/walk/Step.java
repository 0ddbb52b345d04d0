package tandem.walk;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// One thing that a device, a person, the operator or the clock does. Prints as one line; a device
/// is named by its number, counted round.
sealed interface Step {

    List<String> CLIENTS = List.of("tv", "radio");
    int PEOPLE = 2;
    int DEVICES = 24;

    record Ask(String client) implements Step {}

    record Poll(int device, boolean stranger) implements Step {}

    record PollTwiceAtOnce(int device) implements Step {}

    record Approve(int device, int person) implements Step {}

    record Deny(int device, int person) implements Step {}

    /// Sends the form with which the device was approved or denied once more.
    record SendFormAgain(int device) implements Step {}

    /// Presents a refresh token.
    ///
    /// @param age 0 for the newest, 1 for the one before it
    record Refresh(int device, int age, boolean stranger) implements Step {}

    record Revoke(int device, boolean stranger) implements Step {}

    record UnlinkByPerson(int device) implements Step {}

    record UnlinkByOperator(int device) implements Step {}

    record AskUserinfo(int device) implements Step {}

    record Block(int person, boolean blocked) implements Step {}

    record Enable(String client, boolean enabled) implements Step {}

    /// The operator says whether a client may ask for the API's scope.
    record AllowScope(String client, boolean allowed) implements Step {}

    record SwitchFlow(boolean on) implements Step {}

    record TakeConsentsBack(int person) implements Step {}

    record RotateKeys() implements Step {}

    record Wait(Duration time) implements Step {}

    record Sweep() implements Step {}

    record Restart() implements Step {}

    /// A kind of step, and how often it is taken among the others.
    record Choice(int weight, Supplier<Step> step) {}

    /// Draws a step: what moves things on often, what ends them seldom, and what hinders everything
    /// less often than what puts it right again.
    static Step draw(RandomGenerator random) {
        int device = random.nextInt(DEVICES);
        int person = random.nextInt(PEOPLE);
        var client = CLIENTS.get(random.nextInt(CLIENTS.size()));
        boolean seldom = random.nextInt(4) == 0;
        boolean good = random.nextInt(6) > 0;
        return drawn(
                random,
                List.of(
                        new Choice(4, () -> new Ask(client)),
                        new Choice(8, () -> new Approve(device, person)),
                        new Choice(10, () -> new Poll(device, seldom)),
                        new Choice(2, () -> new PollTwiceAtOnce(device)),
                        new Choice(1, () -> new Deny(device, person)),
                        new Choice(1, () -> new SendFormAgain(device)),
                        new Choice(9, () -> new Refresh(device, 0, seldom)),
                        new Choice(3, () -> new Refresh(device, 1, false)),
                        new Choice(1, () -> new Refresh(device, 2, false)),
                        new Choice(1, () -> new Revoke(device, !seldom)),
                        new Choice(1, () -> new UnlinkByPerson(device)),
                        new Choice(1, () -> new UnlinkByOperator(device)),
                        new Choice(5, () -> new AskUserinfo(device)),
                        new Choice(3, () -> new Block(person, !good)),
                        new Choice(3, () -> new Enable(client, good)),
                        new Choice(3, () -> new AllowScope(client, good)),
                        new Choice(3, () -> new SwitchFlow(good)),
                        new Choice(1, () -> new TakeConsentsBack(person)),
                        new Choice(1, () -> new RotateKeys()),
                        new Choice(1, () -> new Sweep()),
                        new Choice(1, () -> seldom ? new Restart() : wait(random.nextInt(70))),
                        new Choice(3, () -> wait(random.nextInt(1, 9))),
                        new Choice(1, () -> wait(60 * random.nextInt(1, 30))),
                        new Choice(1, () -> wait(seldom ? 86_400 * random.nextInt(1, 16) : 1))));
    }

    private static Step drawn(RandomGenerator random, List<Choice> choices) {
        int at = random.nextInt(choices.stream().mapToInt(Choice::weight).sum());
        for (var choice : choices) {
            at -= choice.weight;
            if (at < 0) {
                return choice.step.get();
            }
        }
        throw new IllegalStateException("weights that do not add up");
    }

    private static Step wait(int seconds) {
        return new Wait(Duration.ofSeconds(seconds));
    }
}
