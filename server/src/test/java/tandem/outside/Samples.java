package tandem.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tandem.scenario.Scrape;

/// What a server process needs, looked at again and again.
final class Samples {
    private static final List<String> TABLES =
            List.of("device_authorization", "entry", "link", "session", "failure", "event");
    private static final double MEGA = 1024 * 1024;

    private final TandemProcess tandem;
    private final Path database;
    private final long begin = System.nanoTime();
    private final List<Map<String, Double>> samples = new ArrayList<>();

    Samples(TandemProcess tandem, Path database) {
        this.tandem = tandem;
        this.database = database;
    }

    void take(Crowd crowd) throws IOException, SQLException {
        var now = new LinkedHashMap<String, Double>();
        now.put("seconds", seconds());
        now.put("resident MB", resident());
        var scrape = Scrape.of(tandem.management());
        now.put("heap MB", sum(scrape, "jvm_memory_used_bytes{area=\"heap\"") / MEGA);
        now.put("platform threads", scrape.of("jvm_threads_live_threads"));
        now.put("connections", scrape.of("tandem_http_connections"));
        now.put("open files", scrape.of("process_files_open_files"));
        now.put("live codes", scrape.of("tandem_live_codes"));
        var latencies = crowd.latencies();
        now.put("requests", (double) latencies.size());
        now.put("p50 ms", at(latencies, 0.5));
        now.put("p99 ms", at(latencies, 0.99));
        now.put("max ms", at(latencies, 1));
        now.put("failures", (double) crowd.failures());
        now.put("lives", (double) crowd.lives());
        now.put("database MB", Files.size(database) / MEGA);
        now.putAll(tables());
        samples.add(now);
    }

    double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    private double resident() throws IOException {
        var status = Path.of("/proc/" + tandem.process().pid() + "/status");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static double sum(Scrape scrape, String prefix) {
        return scrape.values().entrySet().stream()
                .filter(series -> series.getKey().startsWith(prefix))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static double at(List<Long> micros, double share) {
        return micros.isEmpty() ? 0 : micros.get((int) ((micros.size() - 1) * share)) / 1000.0;
    }

    private Map<String, Double> tables() throws SQLException {
        var rows = new LinkedHashMap<String, Double>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement()) {
            for (var table : TABLES) {
                try (var count = statement.executeQuery("SELECT count(*) FROM " + table)) {
                    rows.put("rows of " + table, (double) count.getLong(1));
                }
            }
        }
        return rows;
    }

    String csv() {
        var heads = samples.getFirst().keySet();
        return String.join(",", heads)
                + "\n"
                + samples.stream()
                        .map(sample ->
                                sample.values().stream()
                                        .map(value -> "%.3f".formatted(value))
                                        .collect(Collectors.joining(",")))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    String svg(String title) {
        var curves =
                samples.getFirst().keySet().stream()
                        .filter(name -> !name.equals("seconds"))
                        .map(name -> new Curves.Curve(name, values(name)))
                        .toList();
        return Curves.svg(title, seconds(), curves);
    }

    List<Double> values(String name) {
        return samples.stream().map(sample -> sample.getOrDefault(name, 0.0)).toList();
    }

    /// The mean of a part of the time, such as the last quarter.
    double mean(String name, double from, double to) {
        var all = values(name);
        return all.subList((int) (all.size() * from), (int) Math.ceil(all.size() * to)).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }
}
