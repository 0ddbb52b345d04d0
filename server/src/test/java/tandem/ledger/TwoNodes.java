package tandem.ledger;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Two nodes on PostgreSQL, whose standby takes over when the primary dies.
final class TwoNodes implements Topology {

    private final Cluster cluster;
    private final boolean synchronous;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Cable> cables = new ArrayList<>();

    TwoNodes(Path folder, boolean synchronous, Optional<Path> patch) {
        this.synchronous = synchronous;
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
    public List<Fault> faults(Random random) {
        var dies = new Fault("the primary dies", cluster::primaryDies, () -> {});
        if (!synchronous) {
            return List.of(dies);
        }
        var faults = new ArrayList<Fault>();
        faults.addAll(Topology.ofNode("node one", nodes.get(0), random));
        faults.addAll(Topology.ofNode("node two", nodes.get(1), random));
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
        }
        return faults;
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        cables.forEach(Cable::close);
        cluster.close();
    }
}
