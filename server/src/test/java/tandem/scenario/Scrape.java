package tandem.scenario;

import java.util.Map;
import java.util.TreeMap;

/// What `/metrics` said at one moment: values by series, as written there.
public record Scrape(Map<String, Double> values, String page) {

    /// Asks the operations' listener.
    public static Scrape of(Http operations) {
        var page = operations.get("/metrics").body();
        var values = new TreeMap<String, Double>();
        page.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    int space = line.lastIndexOf(' ');
                    values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
                });
        return new Scrape(values, page);
    }

    /// The value of a series; 0 where there is none yet.
    public double of(String series) {
        return values.getOrDefault(series, 0.0);
    }

    public double since(Scrape before, String series) {
        return of(series) - before.of(series);
    }
}
