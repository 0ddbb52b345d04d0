package tandem.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two and three sessions meet at one device, between any two statements: one wins, the others are
/// told so, and what has ended stays ended.
///
/// A few schedules of each play are drawn by lot, the same ones every time; all of them are tried
/// by `-Dtandem.schedules.all=true`, up to `-Dtandem.schedules.most` of one play.
@Timeout(value = 3, unit = TimeUnit.HOURS)
class InterleavingsTest {
    private static final boolean ALL = Boolean.getBoolean("tandem.schedules.all");
    private static final int MOST = Integer.getInteger("tandem.schedules.most", 2_000);
    private static final int DRAWN = Integer.getInteger("tandem.schedules.drawn", 2);
    private static final String ONE = System.getProperty("tandem.schedules.play", "");
    private static final int STEPS_MAX = 400;

    @TempDir private Path folder;

    private final List<String> failures = new ArrayList<>();

    private static Map<String, Play.Stage> plays() {
        var plays = new LinkedHashMap<String, Play.Stage>();
        decisions(plays, "approve", "deny");
        decisions(plays, "approve", "approve");
        decisions(plays, "deny", "deny");
        decisions(plays, "approve", "poll");
        decisions(plays, "deny", "poll");
        decisions(plays, "approve", "expire");
        decisions(plays, "approve", "block");
        redemptions(plays, "tv", "redeem", "redeem");
        redemptions(plays, "tv", "redeem", "expire");
        redemptions(plays, "tv", "redeem", "deny");
        redemptions(plays, "tv", "redeem", "block");
        redemptions(plays, "radio", "redeem", "consents");
        refreshes(plays, "tv", "refresh", "refresh");
        refreshes(plays, "tv", "refresh", "unlink");
        refreshes(plays, "tv", "refresh", "unlink by person");
        refreshes(plays, "tv", "refresh", "unlink by operator");
        refreshes(plays, "tv", "unlink", "unlink by operator");
        refreshes(plays, "tv", "refresh", "block");
        refreshes(plays, "radio", "refresh", "consents");
        decisions(plays, "approve", "deny", "poll");
        decisions(plays, "approve", "expire", "poll");
        redemptions(plays, "tv", "redeem", "redeem", "redeem");
        redemptions(plays, "tv", "redeem", "redeem", "expire");
        redemptions(plays, "tv", "redeem", "redeem", "block");
        redemptions(plays, "radio", "redeem", "redeem", "consents");
        refreshes(plays, "tv", "refresh", "refresh", "refresh");
        refreshes(plays, "tv", "refresh", "refresh", "unlink");
        refreshes(plays, "tv", "refresh", "unlink by person", "unlink by operator");
        refreshes(plays, "radio", "refresh", "refresh", "consents");
        return plays;
    }

    private static void decisions(Map<String, Play.Stage> plays, String... who) {
        plays.put(String.join(" | ", who), scene -> Play.decisions(scene, who));
    }

    private static void redemptions(Map<String, Play.Stage> plays, String client, String... who) {
        plays.put(String.join(" | ", who), scene -> Play.redemptions(scene, client, who));
    }

    private static void refreshes(Map<String, Play.Stage> plays, String client, String... who) {
        plays.put(
                "linked: " + String.join(" | ", who), scene -> Play.refreshes(scene, client, who));
    }

    @Test
    void between_statements_on_postgresql(TestReporter reporter) throws Exception {
        try (var stepper = new Stepper();
                var scene = new Scene(folder, true, stepper)) {
            playsAll(scene, stepper, reporter);
        }
    }

    @Test
    void between_transactions_on_sqlite(TestReporter reporter) throws Exception {
        try (var stepper = new Stepper();
                var scene = Scene.stepped(folder, stepper)) {
            playsAll(scene, stepper, reporter);
        }
    }

    private void playsAll(Scene scene, Stepper stepper, TestReporter reporter) throws Exception {
        int all = 0;
        failures.clear();
        for (var play : plays().entrySet()) {
            if (play.getKey().contains(ONE)) {
                var told = ALL ? every(scene, stepper, play) : some(scene, stepper, play);
                reporter.publishEntry(play.getKey(), told);
                all += Integer.parseInt(told.split(" ", -1)[0]);
            }
        }
        reporter.publishEntry("in all", all + " schedules");
        assertThat(failures).isEmpty();
    }

    private String every(Scene scene, Stepper stepper, Map.Entry<String, Play.Stage> play)
            throws Exception {
        var explorer = new Explorer();
        int schedules = 0;
        int needless = 0;
        boolean more = true;
        while (more && schedules < MOST) {
            plays(scene, stepper, play, explorer::choose);
            schedules++;
            needless += explorer.needless() ? 1 : 0;
            more = explorer.goesBack();
        }
        return "%d schedules, %d of them like others, %s"
                .formatted(schedules, needless, more ? "not all" : "all");
    }

    private String some(Scene scene, Stepper stepper, Map.Entry<String, Play.Stage> play)
            throws Exception {
        var lots = new Explorer.Lots(new Random(play.getKey().hashCode()));
        for (int i = 0; i < DRAWN; i++) {
            plays(scene, stepper, play, lots::choose);
        }
        return DRAWN + " schedules";
    }

    /// Says who goes on.
    @FunctionalInterface
    private interface Chooses {
        int of(Map<Integer, Op> next);
    }

    private void plays(
            Scene scene, Stepper stepper, Map.Entry<String, Play.Stage> named, Chooses chooses)
            throws Exception {
        var play = named.getValue().on(scene.anew());
        var steps = new StringBuilder();
        stepper.begin(play.actors());
        try {
            for (int step = 0; !stepper.over(); step++) {
                assertThat(step).isLessThan(STEPS_MAX);
                var next = stepper.next();
                int chosen = chooses.of(next);
                steps.append("\n  ")
                        .append(play.actors().get(chosen).name())
                        .append(' ')
                        .append(chosen)
                        .append(": ")
                        .append(next.getOrDefault(chosen, Op.whole(false)).does());
                stepper.step(chosen, scene::waits);
            }
            var answers = stepper.answers();
            stepper.letGo();
            scene.audit();
            play.check().accept(answers);
            scene.audit();
        } catch (AssertionError | RuntimeException e) {
            failures.add(named.getKey() + steps + "\n" + e);
        } finally {
            stepper.letGo();
            scene.unblocks();
        }
    }
}
