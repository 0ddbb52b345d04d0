package tandem.ledger;

import java.util.List;
import java.util.Random;

/// The processes of a trial, and what can happen to them.
interface Topology extends AutoCloseable {

    List<Node> nodes();

    /// Where the database stands.
    Disk disk();

    /// What can go wrong, each with its way back.
    List<Fault> faults(Random random);

    @Override
    void close();

    /// Something that goes wrong for a while.
    ///
    /// @param begins makes it go wrong
    /// @param ends makes it good again
    record Fault(String name, Runnable begins, Runnable ends) {}

    /// What can happen to any node.
    static List<Fault> ofNode(String name, Node node, Random random) {
        var cable = node.cable();
        return List.of(
                new Fault(name + " is killed", node::killed, () -> restarted(node)),
                new Fault(name + " is killed again", node::killed, () -> restarted(node)),
                new Fault(
                        name + " stands still",
                        () -> node.signal("STOP"),
                        () -> node.signal("CONT")),
                new Fault(name + " restarts", node::stopped, () -> restarted(node)),
                bad(name, cable, Cable.State.SLOW),
                bad(name, cable, Cable.State.SWALLOWING),
                bad(name, cable, Cable.State.SWALLOWING),
                bad(name, cable, Cable.State.BLACK_HOLE),
                bad(name, cable, Cable.State.CUT),
                new Fault(
                        name + "'s clock is stepped",
                        () ->
                                node.clockIsAhead(
                                        java.time.Duration.ofSeconds(random.nextInt(-15, 15))),
                        () -> {}));
    }

    static Fault bad(String name, Cable cable, Cable.State state) {
        return new Fault(
                name + "'s cable becomes " + state,
                () -> cable.becomes(state),
                () -> cable.becomes(Cable.State.GOOD));
    }

    static void restarted(Node node) {
        node.starts();
        if (!node.awaitReady()) {
            throw new IllegalStateException("a node does not start again: " + node.said());
        }
    }
}
