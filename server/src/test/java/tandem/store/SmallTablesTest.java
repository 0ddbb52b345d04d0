package tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.store.Records.NOW;
import static tandem.store.Records.hash;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tandem.model.Entry;
import tandem.model.Logo;
import tandem.model.RowId;
import tandem.model.SigningAlgorithm;
import tandem.model.SigningKey;
import tandem.model.SigningKey.State;
import tandem.model.Trip;
import tandem.oauth.Sealed;

/// Entries, trips, failures and signing keys.
class SmallTablesTest extends StoreContract {

    @Test
    void an_entry_is_found_by_its_id_and_by_its_session() {
        var entry = entered(entry("ent_1", "ses_1", 7));
        assertFound(tx -> tx.entries().byId("ent_1")).contains(entry);
        assertFound(tx -> tx.entries().bySession("ses_1", new RowId(7))).contains(entry);
        assertFound(tx -> tx.entries().bySession("ses_2", new RowId(7))).isEmpty();
        assertFound(tx -> tx.entries().bySession("ses_1", new RowId(8))).isEmpty();
        var confirmed = entry.confirmed(NOW.plusSeconds(3));
        write(tx -> tx.entries().save(confirmed));
        assertFound(tx -> tx.entries().byId("ent_1")).contains(confirmed);
    }

    @Test
    void a_code_entered_again_is_found_by_its_last_entry() {
        entered(entry("ent_1", "ses_1", 7));
        var again = entered(entry("ent_2", "ses_1", 7));
        assertFound(tx -> tx.entries().bySession("ses_1", new RowId(7))).contains(again);
    }

    @Test
    void a_sweep_forgets_entries_up_to_its_limit() {
        entered(entry("ent_1", "ses_1", 7));
        entered(entry("ent_2", "ses_1", 8));
        assertThat(swept(tx -> tx.entries().sweep(NOW, 9))).isZero();
        assertThat(swept(tx -> tx.entries().sweep(NOW.plusMillis(1), 1))).isOne();
        assertThat(swept(tx -> tx.entries().sweep(NOW.plusMillis(1), 9))).isOne();
    }

    private static Entry entry(String id, String session, long deviceAuthorization) {
        return new Entry(
                id,
                session,
                new RowId(deviceAuthorization),
                new Sealed("k1:code"),
                NOW,
                Optional.empty(),
                Optional.of(NOW.minusSeconds(5)));
    }

    private Entry entered(Entry entry) {
        write(tx -> tx.entries().add(entry));
        return entry;
    }

    @Test
    void a_logo_is_found_by_its_path_and_may_be_added_twice() {
        var svg = "<svg/>".getBytes(StandardCharsets.UTF_8);
        var logo = Logo.of(svg).orElseThrow();
        for (int i = 0; i < 2; i++) {
            write(tx -> tx.logos().add(logo));
        }
        var found = store.read(tx -> tx.logos().at(logo.path())).orElseThrow();
        assertThat(found.content()).isEqualTo(svg);
        assertThat(found.contentType()).isEqualTo("image/svg+xml");
        assertFound(tx -> tx.logos().at("/logos/none.svg")).isEmpty();
    }

    @Test
    void a_trip_comes_back_once() {
        var trip = new Trip(hash(), "ses_1", "corp", Optional.of("ent_1"), new Sealed("k1:x"), NOW);
        write(tx -> tx.trips().add(trip));
        assertThat(store.<Optional<Trip>>write(tx -> tx.trips().take(hash()))).isEmpty();
        assertThat(store.<Optional<Trip>>write(tx -> tx.trips().take(trip.state()))).contains(trip);
        assertThat(store.<Optional<Trip>>write(tx -> tx.trips().take(trip.state()))).isEmpty();
    }

    @Test
    void a_sweep_forgets_trips_up_to_its_limit() {
        for (int i = 0; i < 3; i++) {
            var trip = new Trip(hash(), "ses_1", "corp", Optional.empty(), new Sealed("k1:x"), NOW);
            write(tx -> tx.trips().add(trip));
        }
        assertThat(swept(tx -> tx.trips().sweep(NOW, 9))).isZero();
        assertThat(swept(tx -> tx.trips().sweep(NOW.plusMillis(1), 2))).isEqualTo(2);
        assertThat(swept(tx -> tx.trips().sweep(NOW.plusMillis(1), 2))).isOne();
    }

    @Test
    void failures_are_counted_by_bucket_since_a_moment() {
        var bucket = hash();
        write(tx -> {
            tx.failures().add(bucket, NOW);
            tx.failures().add(bucket, NOW.plusSeconds(1));
            tx.failures().add(bucket, NOW.plusSeconds(2));
            tx.failures().add(hash(), NOW.plusSeconds(2));
        });
        assertCount(tx -> tx.failures().count(bucket, NOW)).isEqualTo(2);
        assertCount(tx -> tx.failures().count(bucket, NOW.minusMillis(1))).isEqualTo(3);
        assertFound(tx -> tx.failures().oldest(bucket, NOW)).contains(NOW.plusSeconds(1));
        assertFound(tx -> tx.failures().oldest(bucket, NOW.plusSeconds(2))).isEmpty();
    }

    @Test
    void a_failure_is_taken_back_once() {
        var bucket = hash();
        write(tx -> {
            tx.failures().add(bucket, NOW);
            tx.failures().add(bucket, NOW);
            tx.failures().remove(bucket, NOW.plusMillis(1));
            tx.failures().remove(bucket, NOW);
        });
        assertCount(tx -> tx.failures().count(bucket, NOW.minusMillis(1))).isOne();
    }

    @Test
    void a_sweep_forgets_failures_up_to_its_limit() {
        write(tx -> {
            tx.failures().add(hash(), NOW.minusSeconds(2));
            tx.failures().add(hash(), NOW.minusSeconds(1));
            tx.failures().add(hash(), NOW);
        });
        assertThat(swept(tx -> tx.failures().sweep(NOW, 1))).isOne();
        assertThat(swept(tx -> tx.failures().sweep(NOW, 9))).isOne();
    }

    @Test
    void a_key_is_kept_as_it_was_added_and_changed() {
        var current = key("k1", SigningAlgorithm.EDDSA, State.CURRENT);
        var next = key("k2", SigningAlgorithm.EDDSA, State.NEXT);
        assertThat(is(tx -> tx.signingKeys().add(current) && tx.signingKeys().add(next))).isTrue();
        assertListed(tx -> tx.signingKeys().all()).containsExactly(current, next);
        var until = NOW.plusSeconds(3600);
        write(tx -> {
            tx.signingKeys().save(current.retired(until));
            tx.signingKeys().save(next.activated());
        });
        assertListed(tx -> tx.signingKeys().all())
                .containsExactly(current.retired(until), next.activated());
        assertThat(swept(tx -> tx.signingKeys().sweep(until.minusMillis(1)))).isZero();
        assertThat(swept(tx -> tx.signingKeys().sweep(until))).isOne();
        assertListed(tx -> tx.signingKeys().all()).containsExactly(next.activated());
    }

    @Test
    void an_algorithm_has_one_current_and_one_next_key() {
        assertThat(is(tx -> tx.signingKeys().add(key("k1", SigningAlgorithm.RS256, State.NEXT))))
                .isTrue();
        assertThat(is(tx -> tx.signingKeys().add(key("k2", SigningAlgorithm.RS256, State.NEXT))))
                .isFalse();
        assertThat(is(tx -> tx.signingKeys().add(key("k3", SigningAlgorithm.ES256, State.NEXT))))
                .isTrue();
        assertListed(tx -> tx.signingKeys().all())
                .extracting(SigningKey::kid)
                .containsExactly("k1", "k3");
    }

    private static SigningKey key(String kid, SigningAlgorithm algorithm, State state) {
        return new SigningKey(
                kid,
                algorithm,
                state,
                "{\"kid\":\"" + kid + "\"}",
                new Sealed("k1:sealed"),
                NOW,
                Optional.empty());
    }
}
