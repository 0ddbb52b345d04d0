package tandem.conformance.suite;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tandem.conformance.person.Lost;
import tandem.conformance.person.Wish;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;

/// A device: asks for codes, polls, redeems, refreshes; well-behaved unless a case says otherwise.
public final class Device {
    /// What a well-behaved client adds to the interval, for the way there and back.
    private static final Duration MARGIN = Duration.ofMillis(400);

    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final int POLLS = 12;

    private final Scene scene;
    private final Client client;
    private Optional<Codes> codes = Optional.empty();
    private long given;
    private long lastPoll;
    private Duration interval = Duration.ZERO;
    private UnaryOperator<Form> redemption = form -> form;

    Device(Scene scene, Client client) {
        this.scene = scene;
        this.client = client;
    }

    public Client client() {
        return client;
    }

    public Codes codes() {
        return codes.orElseThrow(() -> new Stuck("the device has asked for no codes"));
    }

    // Codes (RFC 8628 §3.1)

    /// What this device asks for where nothing else is said.
    public Form usual() {
        var form = Form.of("scope", scene.scope());
        var api = scene.roles().api();
        return api.isPresent() ? form.with(scene.roles().apiParameter(), api.get()) : form;
    }

    public Device asks() {
        return asksWith(form -> form);
    }

    /// Asks for codes with the usual form changed; being refused is no finding but an obstacle.
    public Device asksWith(UnaryOperator<Form> change) {
        var asked = Codes.of(tries(change));
        codes = Optional.of(asked);
        interval = asked.interval();
        given = System.nanoTime();
        return this;
    }

    /// The device authorization request, and whatever comes.
    public Answer tries(UnaryOperator<Form> change) {
        return scene.sendPatiently(client.signs(scene.deviceRequest(), change.apply(usual())));
    }

    // Polls (RFC 8628 §3.4)

    public Form pollForm() {
        return redemption.apply(
                Form.of("grant_type", Metadata.DEVICE_GRANT, "device_code", codes().deviceCode()));
    }

    /// What this device adds to its polls, say a PKCE verifier.
    public Device adds(UnaryOperator<Form> more) {
        redemption = more;
        return this;
    }

    public Answer polls() {
        return pollsWith(form -> form);
    }

    public Answer pollsWith(UnaryOperator<Form> change) {
        var answer = scene.send(client.signs(scene.tokenRequest(), change.apply(pollForm())));
        keepsPace(answer);
        return answer;
    }

    /// Polls as a well-behaved client does: not before the interval is over.
    public Answer pollsInTime() {
        waitsForItsTurn();
        return polls();
    }

    public void waitsForItsTurn() {
        scene.pauses(untilItsTurn());
    }

    private Duration untilItsTurn() {
        if (lastPoll == 0) {
            return Duration.ZERO;
        }
        return interval.plus(MARGIN).minus(Duration.ofNanos(System.nanoTime() - lastPoll));
    }

    /// RFC 8628 §3.5: five seconds more, from now on; or what the answer says.
    private void keepsPace(Answer answer) {
        lastPoll = System.nanoTime();
        if (answer.error().equals("slow_down")) {
            var said = answer.json().path("interval").asInt(0);
            interval = said > 0 ? Duration.ofSeconds(said) : interval.plus(SLOWER);
        }
    }

    /// The interval as the device understands it by now.
    public Duration interval() {
        return interval;
    }

    /// Waits until so much has passed since the codes were given.
    public void pausesUntil(Duration age) {
        scene.pauses(age.minus(Duration.ofNanos(System.nanoTime() - given)));
    }

    // The person's decision

    public Device isApproved() {
        return isDecided(Wish.ALLOW);
    }

    public Device isDenied() {
        return isDecided(Wish.DENY);
    }

    private Device isDecided(Wish wish) {
        try {
            scene.approver().decides(scene.visitor(), codes().page(), codes().userCode(), wish);
            return this;
        } catch (Lost e) {
            throw new Stuck("the approver could not " + wish + ": " + e.why());
        }
    }

    // Tokens

    /// Polls until there are tokens; anything else is an obstacle.
    public Tokens redeems() {
        var answer = pollsToEnd();
        if (answer.status() != 200) {
            throw new Stuck("no tokens after the approval: " + answer.told(), answer);
        }
        return new Tokens(this, answer);
    }

    /// Polls in time until the answer is another than "wait".
    public Answer pollsToEnd() {
        var answer = pollsInTime();
        for (int polls = 1; polls < POLLS && answer.waits(); polls++) {
            answer = pollsInTime();
        }
        return answer;
    }

    /// A request at the token endpoint in this device's name.
    public Answer asksTokens(Form form) {
        return scene.send(client.signs(scene.tokenRequest(), form));
    }

    public Answer refreshes(String refreshToken) {
        return asksTokens(Form.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    /// A request at another endpoint that takes a token: revocation, introspection.
    public Answer presents(String endpoint, Form form) {
        var to = scene.deviceRequest().to(scene.endpoint(endpoint));
        return scene.send(client.signs(to, form));
    }

    public Answer revokes(String token) {
        return presents("revocation_endpoint", Form.of("token", token));
    }
}
