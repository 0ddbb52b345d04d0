package tandem.conformance.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import tandem.conformance.person.Lost;
import tandem.conformance.person.NoSuchChoice;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Unmet;

/// Runs cases side by side, those that disturb others at the end and by themselves.
public final class Suite {
    private final Stage stage;
    private final Turns turns;
    private final Shared shared = new Shared();
    private final Consumer<Judged> progress;

    public Suite(Stage stage, int atOnce, Consumer<Judged> progress) {
        this.stage = stage;
        turns = new Turns(atOnce);
        this.progress = progress;
    }

    /// The verdicts, in the order of the cases.
    public List<Judged> run(List<Case> cases) {
        var futures = new ArrayList<Future<Judged>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            cases.stream()
                    .filter(one -> !one.alone())
                    .forEach(one -> futures.add(threads.submit(() -> inTurn(one))));
        }
        var ends = new ArrayList<Judged>();
        futures.forEach(future -> ends.add(end(future)));
        cases.stream().filter(Case::alone).forEach(one -> ends.add(inTurn(one)));
        return cases.stream()
                .flatMap(one -> ends.stream().filter(end -> end.judged().equals(one)))
                .toList();
    }

    private Judged inTurn(Case one) {
        var missing = stage.missing(one.needs());
        if (missing.isPresent()) {
            return told(one, new Verdict.Skipped("needs " + missing.get().words()), Duration.ZERO);
        }
        var slot = new ArrayList<Judged>(1);
        turns.in(() -> slot.add(judge(one)));
        return slot.getFirst();
    }

    private Judged judge(Case one) {
        long begin = System.nanoTime();
        var verdict = verdict(one, new Scene(stage, turns, shared));
        return told(one, verdict, Duration.ofNanos(System.nanoTime() - begin));
    }

    private Judged told(Case one, Verdict verdict, Duration took) {
        var judged = new Judged(one, verdict, took);
        progress.accept(judged);
        return judged;
    }

    private static Verdict verdict(Case one, Scene scene) {
        try {
            one.check().judge(scene);
            return new Verdict.Passed();
        } catch (Unmet e) {
            return new Verdict.Failed(e.expected(), e.seen(), exchange(e.answer().or(scene::last)));
        } catch (NotJudged e) {
            return new Verdict.Skipped(e.why());
        } catch (NoSuchChoice e) {
            return new Verdict.Skipped("needs " + e.what());
        } catch (Stuck e) {
            return new Verdict.Broken(e.what(), exchange(e.answer().or(scene::last)));
        } catch (Lost e) {
            return new Verdict.Broken("lost on the pages: " + e.why(), exchange(scene.last()));
        } catch (RuntimeException e) {
            return new Verdict.Broken("fault of the suite: " + e, exchange(scene.last()));
        }
    }

    private static Optional<Verdict.Exchange> exchange(Optional<Answer> answer) {
        return answer.map(one -> new Verdict.Exchange(one.request().told(), one.shown()));
    }

    private static Judged end(Future<Judged> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a case ended without a verdict", e);
        }
    }
}
