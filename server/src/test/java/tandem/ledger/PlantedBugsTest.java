package tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The ledger test finds what it is for: servers with one bug each, and the breach that tells of
/// it. More seeds by `-Dtandem.ledger.bugs.seeds=20`.
@Timeout(600)
class PlantedBugsTest {

    private static final int SEEDS = Integer.getInteger("tandem.ledger.bugs.seeds", 6);
    private static final Path SOURCES = Path.of("src/main/java/tandem");

    /// A bug.
    ///
    /// @param shared whether two nodes have it, on PostgreSQL
    /// @param fault the only thing that goes wrong: one that helps to find it
    /// @param breach how the checker tells of it
    record Bug(String name, boolean shared, String fault, String breach, List<Change> changes) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// @param file below the server's root package
    /// @param line what stands there, once
    record Change(String file, String line, String instead) {}

    static Stream<Bug> bugs() {
        return Stream.of(
                new Bug(
                        "a poll that has waited saves the state that it read before",
                        false,
                        "stands still",
                        "a code came to authorization_pending",
                        List.of(
                                new Change(
                                        "device/DeviceCodeGrant.java",
                                        "learn(asked.client(), code);",
                                        """
                                        learn(asked.client(), code);
                                        var read =
                                                found(asked.client(), code)
                                                        .filter(a -> a.undecided(flow.now()));
                                        """),
                                new Change(
                                        "device/DeviceCodeGrant.java",
                                        "if (wake.isEmpty()) {",
                                        """
                                        if (read.isPresent()) {
                                            flow.store().write(tx -> {
                                                tx.deviceAuthorizations()
                                                        .wrongVerifier(read.get().id());
                                                return true;
                                            });
                                        }
                                        if (wake.isEmpty()) {
                                        """),
                                new Change(
                                        "store/sql/SqlDeviceAuthorizations.java",
                                        "wrong_verifiers = wrong_verifiers + 1",
                                        "state = 'pending', decided_at = NULL, link = NULL, redeemed_at = NULL"),
                                new Change(
                                        "store/sql/SqlDeviceAuthorizations.java",
                                        "WHERE id = :id AND state = 'approved'\n",
                                        "WHERE id = :id\n"))),
                new Bug(
                        "a code is looked at first and redeemed afterwards, whatever became of it",
                        false,
                        "stands still",
                        "redeemed more than once",
                        List.of(
                                new Change(
                                        "device/Redemption.java",
                                        "tx.deviceAuthorizations().byId(before.id()).orElse(before)",
                                        "before"),
                                new Change(
                                        "store/sql/SqlDeviceAuthorizations.java",
                                        "WHERE id = :id AND state = 'approved' AND expires_at > :now",
                                        "WHERE id = :id AND expires_at > :now"),
                                new Change(
                                        "store/sql/SqlLinks.java",
                                        "if (adding.execute() == 0) {",
                                        "if (adding.execute() < 0) {"))),
                new Bug(
                        "a denial leaves no event",
                        false,
                        "stands still",
                        "events tell of something else",
                        List.of(
                                new Change(
                                        "device/Decisions.java",
                                        "tx.events().add(event(EventType.DEVICE_DENIED, s, Map.of()));",
                                        ""))),
                new Bug(
                        "the answer comes before the commit",
                        false,
                        "the disk is full",
                        LOST,
                        List.of(
                                new Change(
                                        "store/sql/WriteConnection.java",
                                        "commit.execute();",
                                        "works.forEach(QueuedWrite::release); commit.execute();"))),
                new Bug(
                        "the answer comes before the standby has it",
                        true,
                        "the primary dies",
                        LOST,
                        List.of(
                                new Change(
                                        "store/sql/Postgresql.java",
                                        "set_config('synchronous_commit', 'on', false)",
                                        "set_config('synchronous_commit', 'off', false)"))));
    }

    private static final String LOST =
            "a code came to (authorization_pending|invalid_grant|tokens)|a device was logged out"
                    + "|linked, and logged out|unlinked, and alive|redeemed more than once";

    @ParameterizedTest
    @MethodSource("bugs")
    void the_bug_is_found(Bug bug, @TempDir Path folder) throws IOException {
        if (bug.shared()) {
            LedgerTest.assumeInstalled();
        }
        var patch = Optional.of(planted(bug, folder));
        for (long seed = 1; seed <= SEEDS; seed++) {
            var trial = trial(bug, seed, folder.resolve("seed-" + seed), patch);
            var told = Pattern.compile(bug.breach());
            long found =
                    trial.breaches().stream()
                            .filter(breach -> told.matcher(breach).lookingAt())
                            .count();
            System.out.printf(
                    "%s, seed %d: %d facts, %d such breaches of %d%n",
                    bug, seed, trial.facts(), found, trial.breaches().size());
            if (found > 0) {
                return;
            }
        }
        fail("not found by %d seeds", SEEDS);
    }

    private static Trial trial(Bug bug, long seed, Path folder, Optional<Path> patch)
            throws IOException {
        Files.createDirectory(folder);
        try (var topology =
                bug.shared()
                        ? new TwoNodes(folder, true, patch)
                        : new EmbeddedNode(folder, patch)) {
            assumeTrue(
                    !bug.fault().contains("disk") || topology.disk().canBeFull(),
                    topology.disk().refusal());
            return Trial.of(seed, topology, fault -> fault.name().contains(bug.fault()));
        }
    }

    private static Path planted(Bug bug, Path folder) throws IOException {
        var changed = new LinkedHashMap<Path, String>();
        for (var change : bug.changes()) {
            var file = SOURCES.resolve(change.file());
            var source = changed.containsKey(file) ? changed.get(file) : Files.readString(file);
            assertThat(source.split(Pattern.quote(change.line()), -1))
                    .as("'%s' stands once in %s", change.line(), file)
                    .hasSize(2);
            changed.put(file, source.replace(change.line(), change.instead()));
        }
        return Patch.of(folder, changed);
    }
}
