package tandem.manage;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Link;
import tandem.store.Links;
import tandem.store.Page;
import tandem.store.Tx;

/// Ends links, each with its event in the same transaction.
record Unlinking(InstantSource clock) {

    private static final int AT_ONCE = 100;

    /// Ends one, unless it has ended already.
    void end(Tx tx, Link link, Link.By by, Call call) {
        var now = clock.instant();
        if (tx.links().end(link.id(), by, now)) {
            var about = Event.About.of(link).from(call.request().origin());
            var details =
                    Map.of("by", by.name().toLowerCase(Locale.ROOT), "operator", call.by().value());
            tx.events().add(new Event(EventType.LINK_ENDED, now, about, details));
        }
    }

    /// Ends all that a filter and a condition find; a person has a few hundred at most.
    void endAll(Tx tx, Links.Filter filter, Predicate<Link> which, Link.By by, Call call) {
        all(tx, filter).stream().filter(which).forEach(link -> end(tx, link, by, call));
    }

    private List<Link> all(Tx tx, Links.Filter filter) {
        var found = new ArrayList<Link>();
        var page = tx.links().live(filter, clock.instant(), new Page(0, AT_ONCE));
        while (!page.isEmpty()) {
            found.addAll(page);
            page = tx.links().live(filter, clock.instant(), new Page(found.size(), AT_ONCE));
        }
        return found;
    }
}
