package tandem.conformance.suite;

import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tandem.conformance.person.Approver;
import tandem.conformance.person.Page;
import tandem.conformance.person.Person;
import tandem.conformance.person.Visitor;
import tandem.conformance.person.Walk;
import tandem.conformance.person.Wish;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Request;
import tandem.conformance.wire.Unmet;
import tandem.conformance.wire.Wire;

/// What one case sees and does: devices, people, endpoints.
public final class Scene {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
    private static final int SECRET_BYTES = 32;
    private static final int TRIES = 20;

    /// Not all who were stopped come back in the same moment.
    private static final int SPREAD_MS = 1_500;

    private static final Duration LONGEST_REST = Duration.ofSeconds(15);

    private final Stage stage;
    private final Turns turns;
    private final Shared shared;
    private volatile Optional<Answer> last = Optional.empty();

    Scene(Stage stage, Turns turns, Shared shared) {
        this.stage = stage;
        this.turns = turns;
        this.shared = shared;
    }

    public Metadata metadata() {
        return stage.metadata();
    }

    public Roles roles() {
        return stage.roles();
    }

    public Wire wire() {
        return stage.wire();
    }

    public RandomGenerator random() {
        return stage.random();
    }

    /// The scope that a device asks for where nothing else is said.
    public String scope() {
        return stage.scope();
    }

    public boolean has(Need need) {
        return stage.has(need);
    }

    Optional<Answer> last() {
        return last;
    }

    // Endpoints

    public Answer send(Request request) {
        var answer = stage.wire().send(request);
        last = Optional.of(answer);
        return answer;
    }

    /// Sends, and where a limit stops it, tries again when the server says so.
    ///
    /// Unlike other waiting, this one keeps the turn: were others let in, they would hit the same
    /// limit.
    public Answer sendPatiently(Request request) {
        var answer = send(request);
        for (int tries = 1; tries < TRIES && answer.status() == 429; tries++) {
            rests(answer);
            answer = send(request);
        }
        return answer;
    }

    private void rests(Answer answer) {
        var said = answer.header("Retry-After").filter(text -> text.matches("\\d{1,4}"));
        var rest = Duration.ofSeconds(said.map(Integer::parseInt).orElse(2));
        var bounded = rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
        try {
            Thread.sleep(bounded.plusMillis(random().nextInt(SPREAD_MS)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// The device endpoint, without anything in it yet.
    public Request deviceRequest() {
        return Request.post(metadata().deviceEndpoint(), Form.of());
    }

    public Request tokenRequest() {
        return Request.post(metadata().tokenEndpoint(), Form.of());
    }

    /// An endpoint that the metadata names; a case that asks for it needs it.
    public URI endpoint(String member) {
        return metadata()
                .uri(member)
                .orElseThrow(() -> skip("needs " + member + " in the metadata"));
    }

    // Devices

    public Device device() {
        return device(roles().device());
    }

    public Device device(Client client) {
        return new Device(this, client);
    }

    public Device otherDevice() {
        return device(
                roles().other().orElseThrow(() -> skip("needs " + Need.OTHER_CLIENT.words())));
    }

    public Client confidential() {
        return roles().confidential()
                .orElseThrow(() -> skip("needs " + Need.CONFIDENTIAL_CLIENT.words()));
    }

    public Device shortLived() {
        return device(
                roles().shortLived()
                        .orElseThrow(() -> skip("needs " + Need.SHORT_LIFETIME.words())));
    }

    /// Tokens of a link of this case's own.
    public Tokens linked() {
        return device().asks().isApproved().redeems();
    }

    /// Tokens of a link that several cases look at, and none may change.
    public Tokens shared() {
        return shared.tokens(this, turns);
    }

    // People

    Approver approver() {
        return stage.approver().orElseThrow(() -> skip("needs " + Need.APPROVER.words()));
    }

    public Person person() {
        return stage.person().orElseThrow(() -> skip("needs " + Need.APPROVER.words()));
    }

    public Visitor visitor() {
        return new Visitor(this::sendPatiently);
    }

    /// A person who opens the page and will type this.
    public Walk walk(Visitor visitor, Codes codes, String typed, Wish wish) {
        return new Walk(visitor, person(), visitor.opens(codes.page()), typed, wish);
    }

    public Walk walk(Visitor visitor, Page first, String typed, Wish wish) {
        return new Walk(visitor, person(), first, typed, wish);
    }

    // The rest

    /// Waits, unless the server's answers ask for more patience than a run has.
    public void pauses(Duration duration) {
        if (duration.compareTo(LONGEST_PAUSE) > 0) {
            throw skip("would have to wait for " + duration.toSeconds() + " s");
        }
        if (duration.isPositive()) {
            turns.pause(duration);
        }
    }

    /// Something that nobody was ever given: as long and as random as a secret.
    public String madeUp() {
        var bytes = new byte[SECRET_BYTES];
        random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Ends the case: it cannot be judged here.
    public RuntimeException skip(String why) {
        return new NotJudged(why);
    }

    /// Holds, or ends the case.
    public void expect(boolean holds, String expected, String seen) {
        if (!holds) {
            throw last.map(answer -> new Unmet(expected, seen, answer))
                    .orElseGet(() -> new Unmet(expected, seen));
        }
    }
}
