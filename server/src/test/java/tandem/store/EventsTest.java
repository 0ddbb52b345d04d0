package tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.store.Records.NOW;
import static tandem.store.Records.TV;
import static tandem.store.Records.origin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.RowId;
import tandem.oauth.ClientId;
import tandem.store.Events.Filter;
import tandem.store.Events.Logged;

/// The stream of events.
class EventsTest extends StoreContract {

    private static final Event.About FULL =
            new Event.About(
                    Optional.of("usr_ada"),
                    Optional.of(TV),
                    Optional.of("lnk_1"),
                    Optional.of(new RowId(42)),
                    Optional.of(origin()));

    @Test
    void an_event_is_read_as_it_was_told() {
        var told =
                new Event(EventType.LINK_ENDED, NOW, FULL, Map.of("by", "reuse", "a", "\"ü\" {}"));
        var bare = Event.of(EventType.KEY_ROTATED, NOW, Event.About.NOTHING);
        log(told, bare);
        assertThat(all()).extracting(Logged::event).containsExactly(told, bare);
        var first = all().getFirst();
        assertFound(tx -> tx.events().byId(first.id())).contains(first);
        assertFound(tx -> tx.events().byId(first.id() + 99)).isEmpty();
    }

    @Test
    void every_type_can_be_told() {
        for (var type : EventType.values()) {
            log(Event.of(type, NOW, Event.About.NOTHING));
        }
        assertThat(all())
                .extracting(logged -> logged.event().type())
                .containsExactly(EventType.values());
    }

    @Test
    void a_reader_goes_on_where_it_stopped() {
        log(event(1), event(2), event(3));
        var logged = all();
        assertListed(tx -> tx.events().after(0, Filter.ALL, 2))
                .containsExactly(logged.get(0), logged.get(1));
        var place = logged.get(1).id();
        assertListed(tx -> tx.events().after(place, Filter.ALL, 2)).containsExactly(logged.get(2));
    }

    @Test
    void the_newest_come_first_page_by_page() {
        log(event(1), event(2), event(3));
        var logged = all();
        assertListed(tx -> tx.events().newest(Filter.ALL, new Page(0, 2)))
                .containsExactly(logged.get(2), logged.get(1));
        assertListed(tx -> tx.events().newest(Filter.ALL, new Page(2, 2)))
                .containsExactly(logged.get(0));
    }

    @Test
    void events_are_found_by_type_person_app_and_link() {
        log(
                Event.of(EventType.LINK_ENDED, NOW, FULL),
                Event.of(EventType.LINK_RENAMED, NOW, FULL.user("usr_eve")),
                Event.of(EventType.LINK_ENDED, NOW, FULL.client(new ClientId("radio"))),
                Event.of(EventType.LINK_ENDED, NOW, FULL.link("lnk_2")));
        assertThat(found(Optional.of(EventType.LINK_RENAMED), "", "", "")).containsExactly(1);
        assertThat(found(Optional.empty(), "usr_eve", "", "")).containsExactly(1);
        assertThat(found(Optional.empty(), "", "radio", "")).containsExactly(2);
        assertThat(found(Optional.empty(), "", "", "lnk_2")).containsExactly(3);
        assertThat(found(Optional.of(EventType.LINK_ENDED), "usr_ada", "tv", "lnk_1"))
                .containsExactly(0);
    }

    /// Which of the events told, by number, a filter finds; three ways must agree.
    private List<Integer> found(Optional<EventType> type, String user, String client, String link) {
        var filter = new Filter(type, some(user), some(client).map(ClientId::new), some(link));
        var after = read(tx -> tx.events().after(0, filter, 10));
        assertListed(tx -> tx.events().newest(filter, new Page(0, 10)))
                .containsExactlyElementsOf(after.reversed());
        assertCount(tx -> tx.events().count(filter)).isEqualTo(after.size());
        var everything = all();
        return after.stream().map(everything::indexOf).toList();
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }

    @Test
    void the_old_are_forgotten_and_the_young_are_kept() {
        var later = NOW.plus(Duration.ofDays(3_000));
        sweep(later, NOW);
        log(at(NOW), at(NOW.plusMillis(1)), at(later));
        sweep(later, NOW);
        assertThat(all()).hasSize(3);
        for (int i = 0; i < 3; i++) {
            sweep(later, later);
        }
        assertThat(all()).extracting(Logged::event).containsExactly(at(later));
    }

    private void sweep(Instant now, Instant cutoff) {
        assertThat(swept(tx -> tx.events().sweep(now, cutoff, 1))).isLessThanOrEqualTo(1);
    }

    private static Event at(Instant when) {
        return Event.of(EventType.ADMIN_CHANGED, when, Event.About.NOTHING);
    }

    private static Event event(int number) {
        var details = Map.of("number", Integer.toString(number));
        return new Event(EventType.ADMIN_CHANGED, NOW, Event.About.NOTHING, details);
    }

    private List<Logged> all() {
        return read(tx -> tx.events().after(0, Filter.ALL, 100));
    }

    private void log(Event... events) {
        write(tx -> List.of(events).forEach(tx.events()::add));
        TestPostgresql.awaitStream(store);
    }
}
