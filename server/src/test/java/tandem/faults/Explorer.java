package tandem.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Chooses who goes on at each step, so that in the end every order was tried that could make a
/// difference: depth first, with sleep sets (Godefroid 1996). Two steps that cannot meet, in
/// whichever order, are tried in one.
final class Explorer {

    /// One step of the present schedule.
    private static final class Choice {
        private final Map<Integer, Op> next;
        private final Set<Integer> asleep;
        private final Set<Integer> tried = new TreeSet<>();
        private int chosen;

        Choice(Map<Integer, Op> next, Set<Integer> asleep) {
            this.next = next;
            this.asleep = asleep;
        }

        Optional<Integer> another() {
            return next.keySet().stream()
                    .sorted()
                    .filter(i -> !tried.contains(i) && !asleep.contains(i))
                    .findFirst();
        }

        private Op done() {
            return Optional.ofNullable(next.get(chosen)).orElseThrow();
        }

        /// Who sleeps after this step: those tried before, until something is done that they meet.
        Set<Integer> asleepAfter() {
            var after = new HashSet<Integer>();
            var candidates = new HashSet<>(asleep);
            candidates.addAll(tried);
            candidates.remove(chosen);
            next.forEach((one, op) -> {
                if (candidates.contains(one) && !op.meets(done())) {
                    after.add(one);
                }
            });
            return after;
        }
    }

    private final List<Choice> path = new ArrayList<>();
    private int at;
    private boolean needless;

    /// Who goes on.
    int choose(Map<Integer, Op> next) {
        if (at < path.size()) {
            var choice = path.get(at);
            if (next.containsKey(choice.chosen)) {
                at++;
                return choice.chosen;
            }
            path.subList(at, path.size()).clear(); // it went otherwise this time
        }
        var asleep = at == 0 ? Set.<Integer>of() : path.get(at - 1).asleepAfter();
        var choice = new Choice(new HashMap<>(next), asleep);
        var first = choice.another();
        needless |= first.isEmpty();
        choice.chosen = first.orElseGet(() -> next.keySet().iterator().next());
        choice.tried.add(choice.chosen);
        path.add(choice);
        at++;
        return choice.chosen;
    }

    /// Whether the schedule that has ended was one like others before.
    boolean needless() {
        return needless;
    }

    /// Goes back to the last step where another could go on.
    ///
    /// @return false when all has been tried
    boolean goesBack() {
        at = 0;
        needless = false;
        while (!path.isEmpty()) {
            var last = path.getLast();
            var another = last.another();
            if (another.isPresent()) {
                last.chosen = another.get();
                last.tried.add(last.chosen);
                return true;
            }
            path.removeLast();
        }
        return false;
    }

    /// Goes on by lot: mostly with the one who went on before, since races are won by a whole
    /// stride.
    static final class Lots {
        private static final int STRIDE = 5;

        private final Random random;
        private int before;

        Lots(Random random) {
            this.random = random;
        }

        int choose(Map<Integer, Op> next) {
            if (!next.containsKey(before) || random.nextInt(STRIDE) == 0) {
                var who = new TreeSet<>(next.keySet()).stream().toList();
                before = who.get(random.nextInt(who.size()));
            }
            return before;
        }
    }
}
