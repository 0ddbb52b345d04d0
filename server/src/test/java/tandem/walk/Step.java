package tandem.walk;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// One thing that a device, a person, the operator or the clock does. Prints as one line; a device
/// is named by its number, counted round.
sealed interface Step {

    List<String> CLIENTS = List.of("tv", "radio");
    int PEOPLE = 2;

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

    /// Draws a step: what moves things on often, what ends them seldom.
    static Step draw(RandomGenerator random) {
        int device = random.nextInt(6);
        int person = random.nextInt(PEOPLE);
        boolean seldom = random.nextInt(4) == 0;
        return switch (random.nextInt(41)) {
            case 0, 1, 2, 3 -> new Ask(CLIENTS.get(random.nextInt(CLIENTS.size())));
            case 4, 5, 6, 7, 8, 9 -> new Poll(device, seldom);
            case 10 -> new PollTwiceAtOnce(device);
            case 11, 12, 13, 14, 15 -> new Approve(device, person);
            case 16 -> new Deny(device, person);
            case 17 -> new SendFormAgain(device);
            case 18, 19, 20, 21, 22 -> new Refresh(device, random.nextInt(3), seldom);
            case 23 -> new Revoke(device, random.nextBoolean());
            case 24 -> new UnlinkByPerson(device);
            case 25 -> new UnlinkByOperator(device);
            case 26, 27, 28 -> new AskUserinfo(device);
            case 29 -> new Block(person, true);
            case 30 -> new Block(person, false);
            case 31 -> new Enable(CLIENTS.get(random.nextInt(CLIENTS.size())), !seldom);
            case 32 -> new SwitchFlow(!seldom);
            case 33 -> new TakeConsentsBack(person);
            case 34 -> new RotateKeys();
            case 35 -> new Sweep();
            case 36 -> random.nextInt(6) == 0 ? new Restart() : new Wait(Duration.ofSeconds(1));
            case 37 -> new Wait(Duration.ofSeconds(random.nextInt(1, 70)));
            case 39 -> new AllowScope(CLIENTS.get(random.nextInt(CLIENTS.size())), !seldom);
            case 38 -> new Wait(Duration.ofMinutes(random.nextInt(1, 30)));
            default ->
                    seldom
                            ? new Wait(Duration.ofDays(random.nextInt(1, 16)))
                            : new Wait(Duration.ofSeconds(6));
        };
    }
}
