package tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.store.Records.API;
import static tandem.store.Records.NOW;
import static tandem.store.Records.TV;
import static tandem.store.Records.account;
import static tandem.store.Records.hash;
import static tandem.store.Records.session;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tandem.model.Account;
import tandem.model.Account.ProviderIdentity;
import tandem.model.Consent;
import tandem.model.Session;
import tandem.oauth.ClientId;
import tandem.oauth.Scopes;

/// Accounts, sessions and consents.
class PeopleTest extends StoreContract {

    private static final ProviderIdentity CORP =
            new ProviderIdentity("https://idp.example", "subject 1", "corp");

    private static final Page ALL = new Page(0, 10);

    @Test
    void an_account_is_found_by_its_id_its_address_and_its_provider() {
        var ada = added(account("Ada@Example.com"));
        var provided = added(account(CORP));
        assertFound(tx -> tx.accounts().byId(ada.userId())).contains(ada);
        assertFound(tx -> tx.accounts().byEmail("ada@example.com")).contains(ada);
        assertFound(tx -> tx.accounts().byEmail("Ada@Example.com")).isEmpty();
        assertFound(tx -> tx.accounts().byProvider(CORP.issuer(), CORP.subject()))
                .contains(provided);
        assertFound(tx -> tx.accounts().byProvider("https://other.example", CORP.subject()))
                .isEmpty();
    }

    @Test
    void an_address_or_identity_that_is_taken_is_refused() {
        added(account("ada@example.com"));
        added(account(CORP));
        assertThat(is(tx -> tx.accounts().add(account("ADA@example.com")))).isFalse();
        assertThat(is(tx -> tx.accounts().add(account(CORP)))).isFalse();
        assertCount(tx -> tx.accounts().count()).isEqualTo(2);
    }

    @Test
    void an_account_is_changed_but_not_to_a_taken_address() {
        var ada = added(account("ada@example.com"));
        var eve = added(account("eve@example.com"));
        var blocked = eve.withBlocked(true, NOW.plusSeconds(60));
        assertThat(is(tx -> tx.accounts().save(blocked))).isTrue();
        assertFound(tx -> tx.accounts().byId(eve.userId())).contains(blocked);
        var posing = named(eve, ada.email());
        assertThat(is(tx -> tx.accounts().save(posing))).isFalse();
        assertFound(tx -> tx.accounts().byId(eve.userId())).contains(blocked);
    }

    private static Account named(Account account, Optional<String> email) {
        return new Account(
                account.userId(),
                email,
                account.emailVerified(),
                account.name(),
                account.password(),
                account.provider(),
                account.blocked(),
                account.operator(),
                account.createdAt(),
                account.updatedAt());
    }

    @Test
    void accounts_are_listed_in_order_of_creation() {
        var first = added(account("z@example.com"));
        var second = added(account("m@example.com"));
        var third = added(account("a@example.com"));
        assertListed(tx -> tx.accounts().page(new Page(0, 2))).containsExactly(first, second);
        assertListed(tx -> tx.accounts().page(new Page(2, 2))).containsExactly(third);
    }

    @Test
    void a_forgotten_person_leaves_neither_session_nor_consent() {
        var ada = added(account("ada@example.com"));
        var session = opened(session(ada.userId()));
        var others = opened(session("usr_other"));
        var consent = given(consent(ada.userId(), API, NOW));
        assertThat(is(tx -> tx.accounts().remove(ada.userId()))).isTrue();
        assertThat(is(tx -> tx.accounts().remove(ada.userId()))).isFalse();
        assertFound(tx -> tx.accounts().byId(ada.userId())).isEmpty();
        assertFound(tx -> tx.sessions().byId(session.id())).isEmpty();
        assertFound(tx -> tx.sessions().byId(others.id())).contains(others);
        assertFound(tx -> tx.consents().byId(consent.id())).isEmpty();
    }

    @Test
    void a_session_is_found_by_its_token_and_by_its_id() {
        var anonymous = opened(session(Optional.empty()));
        var signedIn = opened(session("usr_ada"));
        assertFound(tx -> tx.sessions().byToken(anonymous.token())).contains(anonymous);
        assertFound(tx -> tx.sessions().byId(signedIn.id())).contains(signedIn);
        assertFound(tx -> tx.sessions().byToken(hash())).isEmpty();
    }

    @Test
    void a_session_keeps_its_row_when_its_token_and_person_change() {
        var anonymous = opened(session(Optional.empty()));
        var other = session("usr_ada");
        var signedIn =
                new Session(
                        anonymous.id(),
                        other.token(),
                        other.signedIn(),
                        anonymous.createdAt(),
                        NOW.plusSeconds(99),
                        other.origin());
        write(tx -> tx.sessions().save(signedIn));
        assertFound(tx -> tx.sessions().byToken(anonymous.token())).isEmpty();
        assertFound(tx -> tx.sessions().byToken(signedIn.token())).contains(signedIn);
    }

    @Test
    void a_persons_sessions_are_listed_last_used_first_and_removed() {
        var older = opened(used(session("usr_ada"), NOW.plusSeconds(10)));
        var newer = opened(used(session("usr_ada"), NOW.plusSeconds(20)));
        var others = opened(session("usr_eve"));
        opened(session(Optional.empty()));
        assertListed(tx -> tx.sessions().of("usr_ada")).containsExactly(newer, older);
        assertThat(is(tx -> tx.sessions().remove(newer.id()))).isTrue();
        assertThat(is(tx -> tx.sessions().remove(newer.id()))).isFalse();
        assertListed(tx -> tx.sessions().of("usr_ada")).containsExactly(older);
        write(tx -> tx.sessions().removeAllOf("usr_ada"));
        assertListed(tx -> tx.sessions().of("usr_ada")).isEmpty();
        assertListed(tx -> tx.sessions().of("usr_eve")).containsExactly(others);
    }

    @Test
    void a_sweep_forgets_sessions_whose_time_is_over_up_to_its_limit() {
        var anonymous = opened(session(Optional.empty()));
        opened(session(Optional.empty()));
        var signedIn = opened(session("usr_ada"));
        var over = anonymous.overAt();
        assertThat(swept(tx -> tx.sessions().sweep(over.minusMillis(1), 9))).isZero();
        assertThat(swept(tx -> tx.sessions().sweep(over, 1))).isOne();
        assertThat(swept(tx -> tx.sessions().sweep(over, 9))).isOne();
        assertFound(tx -> tx.sessions().byId(signedIn.id())).contains(signedIn);
        assertThat(swept(tx -> tx.sessions().sweep(signedIn.overAt(), 9))).isOne();
    }

    @Test
    void a_consent_is_one_for_a_person_an_app_and_an_api() {
        var first = given(consent("usr_ada", API, NOW));
        var more = consent("usr_ada", API, NOW.plusSeconds(60));
        given(more);
        given(consent("usr_ada", "", NOW));
        assertFound(tx -> tx.consents().find("usr_ada", TV, API)).contains(more);
        assertFound(tx -> tx.consents().byId(first.id())).isEmpty();
        assertCount(tx -> tx.consents().count(Optional.of("usr_ada"), Optional.of(TV)))
                .isEqualTo(2);
    }

    @Test
    void two_first_consents_at_once_leave_one() {
        AtOnce.of(
                () -> given(consent("usr_ada", API, NOW)),
                () -> given(consent("usr_ada", API, NOW)),
                () -> given(consent("usr_ada", API, NOW)));
        assertCount(tx -> tx.consents().count(Optional.empty(), Optional.empty())).isOne();
    }

    @Test
    void consents_are_listed_by_person_and_app_and_removed() {
        var first = given(consent("usr_ada", API, NOW));
        var second = given(consent("usr_ada", "other", NOW));
        var eves = given(consent("usr_eve", API, NOW));
        var adas = Optional.of("usr_ada");
        assertListed(tx -> tx.consents().page(adas, Optional.empty(), ALL))
                .containsExactly(first, second);
        assertListed(tx -> tx.consents().page(Optional.empty(), Optional.of(TV), new Page(1, 2)))
                .containsExactly(second, eves);
        var radio = Optional.of(new ClientId("radio"));
        assertListed(tx -> tx.consents().page(adas, radio, ALL)).isEmpty();
        assertThat(is(tx -> tx.consents().remove(first.id()))).isTrue();
        assertThat(is(tx -> tx.consents().remove(first.id()))).isFalse();
        assertListed(tx -> tx.consents().page(adas, Optional.empty(), ALL)).containsExactly(second);
    }

    private static Session used(Session session, Instant at) {
        return new Session(
                session.id(),
                session.token(),
                session.signedIn(),
                session.createdAt(),
                at,
                session.origin());
    }

    private static Consent consent(String userId, String api, Instant at) {
        var id = "con_" + hash().value();
        return new Consent(id, userId, TV, api, Scopes.of("openid", "read:library"), at);
    }

    private Account added(Account account) {
        assertThat(is(tx -> tx.accounts().add(account))).isTrue();
        return account;
    }

    private Session opened(Session session) {
        write(tx -> tx.sessions().add(session));
        return session;
    }

    private Consent given(Consent consent) {
        write(tx -> tx.consents().put(consent));
        return consent;
    }
}
