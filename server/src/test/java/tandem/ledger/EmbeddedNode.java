package tandem.ledger;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// One node on the embedded database.
final class EmbeddedNode implements Topology {

    private static final int DISK_MEBIBYTES = 64;

    private final Disk disk;
    private final Node node;

    EmbeddedNode(Path folder, Optional<Path> patch) {
        disk = new Disk(folder.resolve("disk"), DISK_MEBIBYTES);
        node = new Node(folder, "node", patch);
        var file = disk.folder().resolve("t.db");
        node.configure(Trial.ISSUER, "sqlite:" + file, Trial.RESOURCES);
        node.starts();
        if (!node.awaitReady()) {
            var said = node.said();
            close();
            throw new IllegalStateException("the node did not start: " + said);
        }
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public List<Node> nodes() {
        return List.of(node);
    }

    @Override
    public List<Fault> faults(Random random) {
        var faults = new ArrayList<>(Topology.ofNode("the node", node, random));
        if (disk.canBeFull()) {
            faults.add(new Fault("the disk is full", disk::fill, disk::empty));
            faults.add(new Fault("the node is killed on a full disk", this::dies, this::revives));
        }
        return faults;
    }

    private void dies() {
        disk.fill();
        LockSupport.parkNanos(300_000_000); // for writes that meet it
        node.killed();
    }

    private void revives() {
        disk.empty();
        Topology.restarted(node);
    }

    @Override
    public void close() {
        node.close();
        disk.close();
    }
}
