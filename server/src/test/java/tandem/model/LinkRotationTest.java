package tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tandem.model.Link.Presented;
import tandem.model.Link.Rotation;
import tandem.oauth.ClientId;
import tandem.oauth.Scopes;
import tandem.oauth.SecretHash;

class LinkRotationTest {
    private static final Instant LINKED = Instant.parse("2026-06-01T12:00:00Z");
    private static final Origin HOME = new Origin("192.0.2.1", "tv");

    private Link link =
            new Link(
                    "lnk_1",
                    new RowId(1),
                    "usr_1",
                    new ClientId("tv"),
                    new Access(Scopes.of("openid", "offline_access"), List.of(), Optional.empty()),
                    Optional.empty(),
                    new Authentication(LINKED, List.of("pwd")),
                    "TV",
                    seen(0),
                    seen(0),
                    LINKED.plus(RefreshPolicy.STANDARD.tokenLifetime()),
                    Optional.of(
                            new Link.Refresh(
                                    1,
                                    hash(1),
                                    Optional.empty(),
                                    LINKED,
                                    LINKED.plus(RefreshPolicy.STANDARD.idleLifetime()))),
                    Optional.empty(),
                    Optional.empty());

    private static Link.Seen seen(long seconds) {
        return new Link.Seen(LINKED.plusSeconds(seconds), HOME);
    }

    private static SecretHash hash(int generation) {
        return SecretHash.sha256("token " + generation);
    }

    /// Presents the token of a generation, so many seconds after linking.
    private Rotation presents(int generation, long seconds) {
        var rotation =
                link.rotate(
                        new Presented(generation, hash(generation)),
                        hash(generation + 1),
                        RefreshPolicy.STANDARD,
                        seen(seconds));
        if (rotation instanceof Rotation.Rotated(var next)) {
            link = next;
        }
        return rotation;
    }

    @Test
    void the_current_token_gives_a_successor() {
        assertThat(presents(1, 10)).isInstanceOf(Rotation.Rotated.class);
        assertThat(presents(2, 20)).isInstanceOf(Rotation.Rotated.class);
    }

    @Test
    void the_previous_token_may_be_repeated_to_the_end_of_the_leeway() {
        presents(1, 10);
        assertThat(presents(1, 70)).isEqualTo(new Rotation.Repeated());
        assertThat(presents(1, 71)).isInstanceOf(Rotation.Reused.class);
    }

    @Test
    void a_token_before_the_previous_one_ends_the_link_at_once() {
        presents(1, 10);
        presents(2, 11);
        assertThat(presents(1, 12))
                .isInstanceOfSatisfying(
                        Rotation.Reused.class,
                        reused ->
                                assertThat(reused.ended().ended().orElseThrow().by())
                                        .isEqualTo(Link.By.REUSE));
    }

    @Test
    void a_generation_that_was_never_given_is_refused_and_ends_nothing() {
        assertThat(presents(2, 10)).isEqualTo(new Rotation.Ahead());
        assertThat(link.ended()).isEmpty();
    }

    @Test
    void a_later_token_that_was_given_moves_a_link_on_and_all_before_it_are_old() {
        link = link.moveOn(new Presented(7, hash(7)), hash(8), RefreshPolicy.STANDARD, seen(10));
        assertThat(presents(7, 20)).isEqualTo(new Rotation.Repeated());
        assertThat(presents(8, 30)).isInstanceOf(Rotation.Rotated.class);
        assertThat(presents(6, 40)).isInstanceOf(Rotation.Reused.class);
    }

    @Test
    void nothing_is_left_to_refresh_after_the_idle_time() {
        long idle = RefreshPolicy.STANDARD.idleLifetime().toSeconds();
        assertThat(presents(1, idle)).isEqualTo(new Rotation.Gone());
    }

    @Test
    void rotation_does_not_move_the_absolute_end() {
        long day = 86_400;
        for (int i = 1; i <= 29; i++) {
            assertThat(presents(i, i * day)).isInstanceOf(Rotation.Rotated.class);
        }
        assertThat(presents(30, 30 * day)).isEqualTo(new Rotation.Gone());
    }

    @Test
    void an_ended_link_gives_nothing() {
        link = link.end(Link.By.USER, LINKED.plusSeconds(5));
        assertThat(presents(1, 10)).isEqualTo(new Rotation.Gone());
    }
}
