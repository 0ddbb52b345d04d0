package tandem.outside;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tandem.ledger.Cluster;
import tandem.scenario.Http;
import tandem.scenario.Scrape;
import tandem.scenario.TestBrowser;
import tandem.scenario.TestClock;
import tandem.scenario.TestDevice;

/// Measures what a server and its database need for each operation: three rounds after those that
/// warm up, and their medians. Unless it is wanted whole, a few operations of each, which tell
/// nothing.
final class Costs implements AutoCloseable {
    /// An API whose access tokens are signed by the other algorithm.
    private static final String ES256_API = "https://es256.example/";

    private static final boolean WHOLE = Boolean.getBoolean("tandem.costs");
    private static final int AT_ONCE = 16;
    private static final int ROUNDS = WHOLE ? 3 : 1;

    /// Until the compiler of the JVM is done, it is measured too.
    private static final int WARM_UPS = WHOLE ? 3 : 0;

    private static final int CODES = WHOLE ? 12_000 : 2 * AT_ONCE;
    private static final int FLOWS = WHOLE ? 20 * AT_ONCE : AT_ONCE;
    private static final int REFRESHES = WHOLE ? 8 : 1;

    /// No device polls more often.
    private static final int POLLS = WHOLE ? 4 : 1;

    private static final Duration BETWEEN = WHOLE ? Duration.ofSeconds(1) : Duration.ZERO;

    private static final String SCOPE = "openid profile email offline_access read:library";

    /// A person for each connection: nobody does two things at once in one browser.
    static final Map<String, String> RESOURCES =
            Map.of(
                    "users",
                    Crowd.users(AT_ONCE * 100),
                    "resource_servers",
                    """
                      - identifier: %s
                        name: Other library
                        signing_alg: ES256
                        scopes: [ { value: "read:library", description: "See what you have watched" } ]
                        allow_offline_access: true
                    """
                            .formatted(ES256_API));

    /// The database, as far as it is measured.
    interface Database {
        /// Processor time of its own processes; none when it lives in the server's.
        double seconds();

        /// What it has written to its log; 0 where that cannot be told.
        double logged();

        /// With all indexes.
        double bytes(String table);

        double rows(String table);
    }

    record Primary(Cluster cluster) implements Database {
        @Override
        public double seconds() {
            return ProcessorTime.seconds(cluster.processes());
        }

        @Override
        public double logged() {
            return cluster.number("SELECT pg_current_wal_insert_lsn() - '0/0'");
        }

        @Override
        public double bytes(String table) {
            return cluster.number(
                    "SELECT coalesce(sum(pg_total_relation_size(relid)), pg_total_relation_size('%s'))"
                                    .formatted(table)
                            + " FROM pg_partition_tree('%s')".formatted(table));
        }

        @Override
        public double rows(String table) {
            return cluster.number("SELECT count(*) FROM " + table);
        }
    }

    record Embedded(Path file) implements Database {
        @Override
        public double seconds() {
            return 0;
        }

        @Override
        public double logged() {
            return 0;
        }

        @Override
        public double bytes(String table) {
            return number(
                    "SELECT sum(pgsize) FROM dbstat WHERE name IN"
                            + " (SELECT name FROM sqlite_schema WHERE tbl_name = '"
                            + table
                            + "')");
        }

        @Override
        public double rows(String table) {
            return number("SELECT count(*) FROM " + table);
        }

        private double number(String sql) {
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    var statement = connection.createStatement();
                    var row = statement.executeQuery(sql)) {
                row.next();
                return row.getDouble(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final TandemProcess tandem;
    private final Database database;
    private final Http http;
    private final List<Caller> callers = new ArrayList<>();
    private final StringBuilder table = new StringBuilder();

    Costs(TandemProcess tandem, Database database) {
        this.tandem = tandem;
        this.database = database;
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        http = new Http(tandem.issuer(), client);
    }

    /// Connections that idle for too long are closed.
    private void connect() {
        close();
        callers.clear();
        for (int i = 0; i < AT_ONCE; i++) {
            callers.add(new Caller(tandem.port()));
        }
    }

    /// Printed at once: the whole takes minutes.
    private void tell(String line) {
        table.append(line);
        System.out.print(line);
    }

    String table() {
        tell(
                "%-28s %9s %9s %9s %9s %9s%n"
                        .formatted("", "a second", "node ms", "db ms", "commits", "log bytes"));
        codes();
        var links = flows();
        for (var name : List.of("device_authorization", "link", "event")) {
            double bytes = database.bytes(name) / database.rows(name);
            tell("%-28s %9.0f%n".formatted("bytes a row of " + name, bytes));
        }
        refreshes(links);
        return table.toString();
    }

    private void codes() {
        int each = CODES / (ROUNDS + WARM_UPS);
        var codes = new ArrayList<String>();
        measure(
                "ask for a code",
                each,
                1,
                i -> {
                    var form =
                            new String[] {
                                "client_id", "tv", "scope", SCOPE, "audience", TandemProcess.API
                            };
                    var answer = caller(i).posts("/oauth/device/code", 200, form);
                    synchronized (codes) {
                        codes.add(member(answer, "device_code"));
                    }
                });
        measure(
                "pending poll",
                CODES,
                POLLS,
                i -> {
                    var grant = "urn:ietf:params:oauth:grant-type:device_code";
                    var form =
                            new String[] {
                                "grant_type", grant, "device_code", codes.get(i), "client_id", "tv"
                            };
                    if (!caller(i)
                            .posts("/oauth/token", 400, form)
                            .contains("authorization_pending")) {
                        throw new IllegalStateException("a poll that is not answered \"pending\"");
                    }
                });
    }

    /// @return devices that are linked
    private List<TestDevice> flows() {
        var browsers = new TestBrowser[AT_ONCE];
        measure(
                "sign in with a password",
                AT_ONCE,
                1,
                i -> {
                    browsers[i] = new TestBrowser(http).opens("/account");
                    browsers[i].signsIn(Crowd.email(i), TandemProcess.PASSWORD);
                });
        var devices = new TestDevice[FLOWS];
        measure("whole flow, signed in", FLOWS, 1, i -> devices[i] = linked(browsers[i % AT_ONCE]));
        return List.of(devices);
    }

    private TestDevice linked(TestBrowser browser) {
        var asked = new TestDevice(http, new TestClock(), "tv", browser.page());
        asked.asksAgain("scope", SCOPE, "audience", TandemProcess.API, "resource", ES256_API);
        browser.approves(asked, "", "");
        if (asked.polls().status() != 200) {
            throw new IllegalStateException("not linked");
        }
        return asked;
    }

    private void refreshes(List<TestDevice> links) {
        var refresh = links.stream().map(TestDevice::refreshToken).toArray(String[]::new);
        var access = new String[refresh.length];
        int times = REFRESHES * refresh.length;
        refresh(
                "refresh, RS256",
                times,
                refresh,
                access,
                "resource",
                TandemProcess.API,
                "scope",
                "read:library offline_access");
        refresh(
                "refresh, ES256",
                times,
                refresh,
                access,
                "resource",
                ES256_API,
                "scope",
                "read:library offline_access");
        refresh("refresh, RS256, ID token", times, refresh, access, "resource", TandemProcess.API);
        measure(
                "userinfo",
                times,
                1,
                i -> caller(i).gets("/userinfo", 200, access[i % access.length]));
        measure(
                "introspection",
                times,
                1,
                i -> {
                    var form = new String[] {"token", access[i % access.length], "client_id", "tv"};
                    if (!caller(i)
                            .posts("/oauth/introspect", 200, form)
                            .contains("\"active\":true")) {
                        throw new IllegalStateException("a token that is not active");
                    }
                });
    }

    private void refresh(
            String operation, int times, String[] refresh, String[] access, String... more) {
        measure(
                operation,
                times,
                1,
                i -> {
                    int link = i % refresh.length;
                    var form =
                            new ArrayList<>(
                                    List.of("grant_type", "refresh_token", "client_id", "tv"));
                    form.addAll(List.of("refresh_token", refresh[link]));
                    form.addAll(List.of(more));
                    var answer = caller(i).posts("/oauth/token", 200, form.toArray(String[]::new));
                    refresh[link] = member(answer, "refresh_token");
                    access[link] = member(answer, "access_token");
                });
    }

    private Caller caller(int i) {
        return callers.get(i % AT_ONCE);
    }

    private static String member(String json, String name) {
        var found = Pattern.compile('"' + name + "\":\"([^\"]*)\"").matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("no " + name);
        }
        return found.group(1);
    }

    /// What one round came to, for each operation.
    private record Round(double rate, double node, double database, double commits, double log) {}

    /// @param batches of so many operations each, with a time between them that is not measured
    private void measure(String operation, int count, int batches, IntConsumer work) {
        connect();
        var rounds = new ArrayList<Round>();
        for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
            var sums = new double[5];
            for (int batch = 0; batch < batches; batch++) {
                pause();
                var before = read();
                atOnce(count, work);
                var after = read();
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += after[i] - before[i];
                }
            }
            double all = (double) count * batches;
            rounds.add(
                    new Round(
                            all / sums[0],
                            sums[1] / all,
                            sums[2] / all,
                            sums[3] / all,
                            sums[4] / all));
        }
        var measured = rounds.subList(WARM_UPS, rounds.size());
        tell(
                "%-28s %9.0f %9.4f %9.4f %9.2f %9.0f%n"
                        .formatted(
                                operation,
                                median(measured.stream().mapToDouble(Round::rate).toArray()),
                                1000 * median(measured.stream().mapToDouble(Round::node).toArray()),
                                1000
                                        * median(
                                                measured.stream()
                                                        .mapToDouble(Round::database)
                                                        .toArray()),
                                median(measured.stream().mapToDouble(Round::commits).toArray()),
                                median(measured.stream().mapToDouble(Round::log).toArray())));
    }

    private double[] read() {
        var scrape = Scrape.of(tandem.management());
        return new double[] {
            System.nanoTime() / 1e9,
            ProcessorTime.seconds(tandem.process().pid()),
            database.seconds(),
            scrape.of("tandem_store_writes_total"),
            database.logged()
        };
    }

    private static double median(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .sorted()
                .toArray()[values.length / 2];
    }

    private static void atOnce(int count, IntConsumer work) {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var running = new ArrayList<Future<?>>();
            for (int thread = 0; thread < AT_ONCE; thread++) {
                int first = thread;
                running.add(
                        threads.submit(() -> {
                            for (int i = first; i < count; i += AT_ONCE) {
                                work.accept(i);
                            }
                        }));
            }
            for (var each : running) {
                each.get();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        callers.forEach(Caller::close);
    }
}
