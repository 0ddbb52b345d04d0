package tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tandem.model.DeviceAuthorization.Poll;
import tandem.model.DeviceAuthorization.State;
import tandem.oauth.ClientId;
import tandem.oauth.Scopes;
import tandem.oauth.SecretHash;

class DeviceAuthorizationTest {
    private static final Instant ASKED = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant EXPIRY = ASKED.plusSeconds(600);
    private static final Approval APPROVAL =
            new Approval(
                    "usr_1",
                    Scopes.of("openid"),
                    new Authentication(ASKED, List.of("pwd")),
                    ASKED.plusSeconds(30));

    private static DeviceAuthorization in(State state) {
        return in(state, false);
    }

    private static DeviceAuthorization in(State state, boolean expiryTold) {
        return new DeviceAuthorization(
                new RowId(1),
                SecretHash.sha256("device"),
                SecretHash.sha256("user"),
                new DeviceAuthorization.Request(
                        new ClientId("tv"),
                        new Access(Scopes.of("openid"), List.of(), Optional.empty()),
                        Binding.NONE,
                        new Origin("192.0.2.1", ""),
                        DeviceFacts.NONE),
                ASKED,
                EXPIRY,
                expiryTold,
                0,
                state);
    }

    @Test
    void is_pending_until_the_very_second_it_expires() {
        var pending = in(new State.Pending());
        assertThat(pending.poll(EXPIRY.minusMillis(1))).isEqualTo(new Poll.Pending());
        assertThat(pending.poll(EXPIRY)).isEqualTo(new Poll.Expired());
    }

    @Test
    void gives_an_approval_until_it_expires() {
        var approved = in(new State.Approved(APPROVAL));
        assertThat(approved.poll(EXPIRY.minusSeconds(2))).isEqualTo(new Poll.Approved(APPROVAL));
        assertThat(approved.poll(EXPIRY)).isEqualTo(new Poll.Expired());
    }

    @Test
    void tells_a_denial_until_it_expires() {
        var denied = in(new State.Denied(ASKED));
        assertThat(denied.poll(ASKED.plusSeconds(1))).isEqualTo(new Poll.Denied());
        assertThat(denied.poll(EXPIRY)).isEqualTo(new Poll.Expired());
    }

    @Test
    void stays_spent_even_after_its_expiry() {
        var redeemed = in(new State.Redeemed("lnk_1", ASKED));
        assertThat(redeemed.poll(ASKED)).isEqualTo(new Poll.Spent());
        assertThat(redeemed.poll(EXPIRY.plusSeconds(60))).isEqualTo(new Poll.Spent());
    }

    @Test
    void once_its_expiry_is_told_it_has_expired_by_every_clock() {
        var early = EXPIRY.minusSeconds(30);
        assertThat(in(new State.Pending(), true).poll(early)).isEqualTo(new Poll.Expired());
        assertThat(in(new State.Approved(APPROVAL), true).poll(early))
                .isEqualTo(new Poll.Expired());
        assertThat(in(new State.Pending(), true).undecided(early)).isFalse();
    }

    @Test
    void can_be_decided_only_while_pending_and_alive() {
        assertThat(in(new State.Pending()).undecided(ASKED)).isTrue();
        assertThat(in(new State.Pending()).undecided(EXPIRY)).isFalse();
        assertThat(in(new State.Denied(ASKED)).undecided(ASKED)).isFalse();
        assertThat(in(new State.Approved(APPROVAL)).undecided(ASKED)).isFalse();
    }
}
