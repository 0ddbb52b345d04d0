package tandem.conformance.cases;

import static tandem.conformance.suite.Case.wise;

import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tandem.conformance.person.Lost;
import tandem.conformance.person.Wish;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Request;
import tandem.conformance.wire.Unmet;

/// RL: rate limits (RFC 8628 §5.1, RFC 6585 §4). They run last and alone, and only when asked for:
/// a server may lock this address out for a while.
final class LimitCases {
    private static final int CROWD = 200;
    private static final int GUESSES = 40;
    private static final int AT_ONCE = 20;

    private LimitCases() {}

    static Stream<Case> all() {
        return Stream.of(
                wise(
                                "RL-01",
                                "Who asks for codes without end is stopped by 429",
                                "RFC 6585 §4, RFC 8628 §5.6")
                        .needs(Need.LIMITS)
                        .alone()
                        .judged(scene -> stopped(() -> ask(scene))),
                wise(
                                "RL-02",
                                "The refusal says when to come back, and is JSON",
                                "RFC 6585 §4, RFC 9110 §10.2.3")
                        .needs(Need.LIMITS)
                        .alone()
                        .judged(scene -> {
                            var answer = stopped(() -> ask(scene));
                            answer.expect(
                                    answer.header("Retry-After").isPresent(),
                                    "Retry-After",
                                    "none");
                            answer.isJson();
                        }),
                wise("RL-07", "Metadata and keys stay reachable", "RFC 8414 §3")
                        .needs(Need.LIMITS, Need.METADATA)
                        .alone()
                        .judged(scene -> {
                            many(() -> ask(scene));
                            scene.send(Request.get(scene.metadata().address().orElseThrow()))
                                    .is(200);
                        }),
                wise("TK-46", "Who guesses device codes is stopped by 429", "RFC 8628 §5.2")
                        .needs(Need.LIMITS)
                        .alone()
                        .judged(scene -> stopped(() -> TokenCases.poll(scene, scene.madeUp()))),
                wise("UC-09", "Who guesses user codes is stopped", "RFC 8628 §5.1")
                        .needs(Need.LIMITS, Need.PAGES)
                        .alone()
                        .judged(scene -> {
                            for (int guess = 0; guess < GUESSES; guess++) {
                                if (guess(scene).status() == 429) {
                                    return;
                                }
                            }
                            throw new Unmet("429 within " + GUESSES + " wrong codes", "none");
                        }));
    }

    private static Answer ask(Scene scene) {
        return scene.send(
                scene.device().client().signs(scene.deviceRequest(), scene.device().usual()));
    }

    /// One wrong code in a browser of its own; every answer of it is looked at.
    private static Answer guess(Scene scene) {
        var visitor = new tandem.conformance.person.Visitor(scene::send);
        var page = visitor.opens(scene.shared().device().codes().page());
        try {
            var walk =
                    scene.walk(
                            visitor,
                            page,
                            "WRNG"
                                    + scene.madeUp()
                                            .substring(0, 4)
                                            .toUpperCase(java.util.Locale.ROOT),
                            Wish.ALLOW);
            walk.next().ifPresent(walk::goes);
            return walk.page().answer();
        } catch (Lost e) {
            return page.answer();
        }
    }

    private static Answer stopped(Supplier<Answer> ask) {
        var answers = many(ask);
        answers.forEach(Answer::isNoFault);
        return first(answers)
                .orElseThrow(() -> new Unmet("429 within " + CROWD + " requests at once", "none"));
    }

    private static Optional<Answer> first(java.util.List<Answer> answers) {
        return answers.stream().filter(answer -> answer.status() == 429).findFirst();
    }

    private static java.util.List<Answer> many(Supplier<Answer> ask) {
        var futures = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < CROWD; i++) {
                futures.add(threads.submit(ask::get));
            }
        }
        return futures.stream().map(LimitCases::got).toList();
    }

    private static Answer got(Future<Answer> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Unmet unmet ? unmet : new IllegalStateException(e);
        }
    }
}
