package tandem.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// Two nodes on PostgreSQL, whose standby takes over when the primary dies.
final class TwoNodes implements Topology {

    private static final Duration TRANSACTION_MAX = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Cable> cables = new ArrayList<>();

    TwoNodes(Path folder, boolean synchronous, Optional<Path> patch) {
        cluster = new Cluster(synchronous);
        try {
            start(folder, patch);
        } catch (RuntimeException fault) {
            close();
            throw fault;
        }
    }

    private void start(Path folder, Optional<Path> patch) {
        for (var name : List.of("one", "two")) {
            var toPrimary = new Cable(cluster.primary());
            var toStandby = new Cable(cluster.standby());
            cables.add(toPrimary);
            cables.add(toStandby);
            var node = new Node(folder, name, patch);
            node.configure(Trial.ISSUER, cluster.url(toPrimary, toStandby), Trial.RESOURCES);
            nodes.add(node);
            node.starts();
        }
        for (var node : nodes) {
            if (!node.awaitReady()) {
                throw new IllegalStateException("a node did not start: " + node.said());
            }
        }
    }

    @Override
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public Disk disk() {
        return cluster.disk();
    }

    @Override
    public List<Fault> faults(Random random) {
        var dies = new Fault("the primary dies", cluster::primaryDies, () -> {});
        var faults = new ArrayList<Fault>();
        faults.addAll(Topology.ofNode("node one", nodes.get(0), random));
        faults.addAll(Topology.ofNode("node two", nodes.get(1), random));
        faults.add(longStop("node one", nodes.get(0)));
        faults.add(longStop("node two", nodes.get(1)));
        for (int i = 0; i < cables.size(); i++) {
            for (var state : Cable.State.values()) {
                if (state != Cable.State.GOOD) {
                    faults.add(
                            Topology.bad("cable " + i + " to the database", cables.get(i), state));
                }
            }
        }
        for (int i = 0; i < 3; i++) {
            faults.add(
                    new Fault(
                            "the database stands still",
                            () -> cluster.signal("STOP"),
                            () -> cluster.signal("CONT")));
            faults.add(dies);
            if (disk().canBeFull()) {
                faults.add(
                        new Fault(
                                "the primary's disk is full",
                                () -> disk().fill(),
                                cluster::recovers));
            }
        }
        return faults;
    }

    /// So long that PostgreSQL ends what it was about, and the other node goes on with it.
    private static Fault longStop(String name, Node node) {
        return new Fault(
                name + " stands still for long",
                () -> node.signal("STOP"),
                () -> {
                    LockSupport.parkNanos(TRANSACTION_MAX.toNanos());
                    node.signal("CONT");
                });
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        cables.forEach(Cable::close);
        cluster.close();
    }
}
