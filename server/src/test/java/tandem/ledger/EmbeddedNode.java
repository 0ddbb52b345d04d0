package tandem.ledger;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// One node on the embedded database.
final class EmbeddedNode implements Topology {

    private final Node node;

    EmbeddedNode(Path folder, Optional<Path> patch) {
        node = new Node(folder, "node", patch);
        node.configure(Trial.ISSUER, "sqlite:" + folder.resolve("t.db"), Trial.RESOURCES);
        node.starts();
        if (!node.awaitReady()) {
            var said = node.said();
            node.close();
            throw new IllegalStateException("the node did not start: " + said);
        }
    }

    @Override
    public List<Node> nodes() {
        return List.of(node);
    }

    @Override
    public List<Fault> faults(Random random) {
        return Topology.ofNode("the node", node, random);
    }

    @Override
    public void close() {
        node.close();
    }
}
