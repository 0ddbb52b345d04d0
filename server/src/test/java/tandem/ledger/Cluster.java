package tandem.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A PostgreSQL as Debian installs it: a primary and its standby, in a folder of their own.
public final class Cluster implements AutoCloseable {

    private static final String PASSWORD = "of-this-trial-alone";

    private static final int DISK_MEBIBYTES = 192;
    private static final Duration RECOVERY_MAX = Duration.ofSeconds(40);

    private final Path folder;
    private final Disk disk;
    private final Path programs;
    private final List<String> as;
    private final int primary = Node.freePort();
    private final int standby = Node.freePort();
    private final Cable between = new Cable(primary);
    private boolean promoted;

    /// @param synchronous whether a commit waits for the standby
    public Cluster(boolean synchronous) {
        try {
            folder = Files.createTempDirectory(Path.of("/tmp"), "tandem-cluster");
            programs = programs().orElseThrow();
            boolean root = System.getProperty("user.name").equals("root");
            as = root ? List.of("runuser", "-u", "postgres", "--") : List.of();
            Files.writeString(folder.resolve("password"), PASSWORD);
            disk = new Disk(folder.resolve("primary"), DISK_MEBIBYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            make(synchronous);
        } catch (RuntimeException fault) {
            close();
            throw fault;
        }
    }

    /// Where a server is installed, with all it needs.
    public static Optional<Path> programs() throws IOException {
        var debian = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(debian)) {
            return Optional.empty();
        }
        try (var versions = Files.list(debian)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.exists(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    private void make(boolean synchronous) {
        if (!as.isEmpty()) {
            Signals.run(List.of("chown", "-R", "postgres", folder.toString()));
        }
        run(
                "initdb",
                "-D",
                data("primary"),
                "-U",
                "tandem",
                "-A",
                "scram-sha-256",
                "--wal-segsize",
                "1", // so that a full disk is met soon
                "--pwfile",
                folder.resolve("password").toString());
        starts("primary", primary);
        sql(primary, "postgres", "CREATE DATABASE tandem");
        run(
                "pg_basebackup",
                "-D",
                data("standby"),
                "-R",
                "-c",
                "fast", // not when the next checkpoint is due
                "-C",
                "-S",
                "standby",
                "-d",
                "host=127.0.0.1 user=tandem application_name=standby password=%s port=%d"
                        .formatted(PASSWORD, between.port()));
        starts("standby", standby);
        if (synchronous) {
            sql(primary, "tandem", "ALTER SYSTEM SET synchronous_standby_names = 'standby'");
            sql(primary, "tandem", "SELECT pg_reload_conf()");
        }
    }

    private String data(String name) {
        return folder.resolve(name).toString();
    }

    private void run(String program, String... arguments) {
        var command = new ArrayList<>(as);
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Signals.run(command);
    }

    private void starts(String name, int port) {
        run(
                "pg_ctl",
                "-D",
                data(name),
                "-w",
                "-l",
                folder.resolve(name + ".log").toString(),
                "-o",
                "-p %d -k %s -c listen_addresses=127.0.0.1 -c max_connections=200 -c wal_retrieve_retry_interval=200ms"
                        .formatted(port, folder),
                "start");
    }

    private static void sql(int port, String database, String sql) {
        try (var connection = connect(port, database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(int port, String database) throws SQLException {
        var url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
        return DriverManager.getConnection(url, "tandem", PASSWORD);
    }

    int primary() {
        return primary;
    }

    int standby() {
        return standby;
    }

    /// The address for a node that reaches both through cables.
    String url(Cable toPrimary, Cable toStandby) {
        return "postgresql://tandem:%s@127.0.0.1:%d,127.0.0.1:%d/tandem"
                .formatted(PASSWORD, toPrimary.port(), toStandby.port());
    }

    /// The address for a node that reaches the primary directly.
    public String url() {
        return "postgresql://tandem:%s@127.0.0.1:%d/tandem".formatted(PASSWORD, primary);
    }

    /// What a query for one number comes to, at the primary.
    public double number(String sql) {
        try (var connection = connect(primary, "tandem");
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getDouble(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Every process of the one that is primary now, the one that started the others first.
    public List<Long> processes() {
        return pids(promoted ? "standby" : "primary");
    }

    /// Sends a signal to every process of the one that is primary now.
    void signal(String signal) {
        processes().forEach(pid -> Signals.send(signal, pid));
    }

    /// The standby hears nothing for a while, and then the primary dies with all its processes: if
    /// something was acknowledged that the standby does not have, it is lost.
    void primaryDies() {
        if (promoted) {
            return;
        }
        between.becomes(Cable.State.BLACK_HOLE);
        LockSupport.parkNanos(500_000_000);
        signal("KILL");
        run("pg_ctl", "-D", data("standby"), "-w", "promote");
        promoted = true;
    }

    Disk disk() {
        return disk;
    }

    /// As its supervisor would: a server that could not write its log has ended itself, and is
    /// started again now that there is room. Well again is who commits with its standby.
    void recovers() {
        disk.empty();
        if (promoted) {
            return;
        }
        long end = System.nanoTime() + RECOVERY_MAX.toNanos();
        while (!replicates()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the primary does not come back");
            }
            if (postmaster("primary").isEmpty()) {
                starts("primary", primary);
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    private boolean replicates() {
        try (var connection = connect(primary, "tandem");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT state FROM pg_stat_replication")) {
            return rows.next() && rows.getString(1).equals("streaming");
        } catch (SQLException notYet) {
            return false;
        }
    }

    private List<Long> pids(String name) {
        return postmaster(name)
                .map(top -> Stream.concat(Stream.of(top), top.descendants()))
                .orElse(Stream.empty())
                .map(ProcessHandle::pid)
                .toList();
    }

    /// The one that its file names, if it lives: the number may be another's by now.
    private Optional<ProcessHandle> postmaster(String name) {
        try {
            var file = folder.resolve(name).resolve("postmaster.pid");
            var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
            return lines.stream()
                    .findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                    .filter(process ->
                            process.info()
                                    .command()
                                    .filter(command -> command.endsWith("/postgres"))
                                    .isPresent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        between.close();
        for (var name : List.of("standby", "primary")) {
            pids(name).forEach(pid -> Signals.send("KILL", pid));
        }
        disk.close();
        Signals.run(List.of("rm", "-rf", folder.toString()));
    }
}
