package tandem.app;

import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Link;
import tandem.store.Links;
import tandem.store.Page;
import tandem.store.Store;
import tandem.store.sql.SqlStore;
import tandem.store.sql.StoreLimits;

/// `tandem restored`: the operator says that the database is an older copy, where Tandem cannot
/// know it by itself: after PostgreSQL's own tools, or a snapshot of a disk.
@SuppressWarnings("NullAway.Init") // picocli fills these in
@Command(
        name = "restored",
        header = "Say that the database was put back to an older state, while Tandem is stopped.",
        mixinStandardHelpOptions = true)
final class RestoredCommand implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int NOT_DONE = 1;

    /// As many links as one transaction ends.
    private static final int SLICE = 150;

    @Mixin private ConfigFile file;

    @Option(
            names = "--end-links",
            description = {
                "End every link, so that each device has to be linked anew. It is the only way to be",
                "sure that none that was unlinked since the copy is linked again."
            })
    private boolean endLinks;

    @Spec private CommandSpec spec;

    private final Map<String, String> environment;
    private final InstantSource clock = InstantSource.system();

    RestoredCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var err = spec.commandLine().getErr();
        var config = file.read(environment, err);
        if (config.isEmpty()) {
            return NOT_DONE;
        }
        try {
            run(config.get());
            return DONE;
        } catch (IOException | SQLException | RuntimeException fault) {
            err.println("Nothing was changed: " + StartFailure.explain(fault, config.get()));
            return NOT_DONE;
        }
    }

    private void run(Config config) throws IOException, SQLException {
        SqlStore.requireAlone(config.database().url());
        try (var store = SqlStore.open(config.database().url(), List.of(), StoreLimits.STANDARD)) {
            var mark = Watermark.beside(config.secretKeyFile());
            var epoch = new Continuity(store, mark, clock, new SecureRandom()).restored();
            var out = spec.commandLine().getOut();
            out.printf(
                    "The database goes on as epoch %d: all codes and browser sessions have ended.%n",
                    epoch.number());
            if (endLinks) {
                out.printf("%d links have ended.%n", endAll(store));
            } else {
                out.println("Devices that were unlinked since the copy was made are linked again.");
            }
        }
    }

    private int endAll(Store store) {
        int ended = 0;
        int more = SLICE;
        while (more == SLICE) {
            more =
                    store.write(tx -> {
                        var now = clock.instant();
                        var links = tx.links().live(Links.Filter.ALL, now, new Page(0, SLICE));
                        for (var link : links) {
                            tx.links().end(link.id(), Link.By.OPERATOR, now);
                            tx.events().add(ended(link, now));
                        }
                        return links.size();
                    });
            ended += more;
        }
        return ended;
    }

    private static Event ended(Link link, Instant now) {
        var details = Map.of("by", "operator", "reason", "restored");
        return new Event(EventType.LINK_ENDED, now, Event.About.of(link), details);
    }
}
