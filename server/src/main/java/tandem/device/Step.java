package tandem.device;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tandem.model.Account;
import tandem.model.Api;
import tandem.model.Authentication;
import tandem.model.Client;
import tandem.model.Consent;
import tandem.model.DeviceAuthorization;
import tandem.model.Entry;
import tandem.model.Origin;
import tandem.model.Origin.Nearness;

/// What a person has to do next with a code their browser has entered.
///
/// The order is fixed: confirm, sign in, consent, done. Confirming is never skipped and never
/// remembered; the others are where there is nothing left to ask.
sealed interface Step {

    /// Say that this is the code on the device in front of them.
    record Confirm() implements Step {}

    /// Sign in.
    ///
    /// @param again a session is there, but not fresh enough for this
    record SignIn(boolean again) implements Step {}

    /// Agree to what the app will be able to do.
    record AskConsent() implements Step {}

    /// Nothing is left to ask; it takes one more POST to approve, or the one under way.
    record Ready() implements Step {}

    /// Decided, or expired.
    record Over() implements Step {}

    record NotAllowed(Reason reason) implements Step {}

    enum Reason {
        /// This person may not use this app.
        PERSON,
        /// The device asked for another account; its owner may still sign in with that.
        ACCOUNT,
        /// The device is on a network from which this is not allowed.
        NETWORK,
        /// The operator has switched the flow or the app off.
        SWITCHED_OFF
    }

    /// A sign-in older than this does not serve a device on another network.
    Duration FRESH = Duration.ofMinutes(15);

    /// Everything the next step depends on.
    ///
    /// @param flowEnabled the tenant's switch
    /// @param person who is signed in, and how
    /// @param expected false when the device expects another account to approve
    /// @param consents what they have agreed to before, for this app and its APIs
    /// @param browser where the browser is
    record Situation(
            boolean flowEnabled,
            Entry entry,
            DeviceAuthorization asked,
            Client client,
            List<Api> apis,
            Optional<Person> person,
            boolean expected,
            List<Consent> consents,
            Origin browser,
            Instant now) {

        boolean sameNetwork() {
            return nearness() == Nearness.SAME_NETWORK;
        }

        Nearness nearness() {
            return asked.origin().nearness(browser);
        }

        /// The consents that the request needs.
        List<Consent.Needed> needed() {
            return Consent.needed(asked.access(), apis);
        }
    }

    /// The person of the session.
    ///
    /// @param connection the login option they came by
    record Person(Account account, String connection, Authentication authentication) {}

    /// The next step. Pure.
    static Step next(Situation s) {
        if (!s.flowEnabled || !s.client.enabled()) {
            return new NotAllowed(Reason.SWITCHED_OFF);
        }
        if (!s.asked.undecided(s.now)) {
            return new Over();
        }
        if (s.entry.confirmedAt().isEmpty()) {
            return new Confirm();
        }
        var policy = s.client.deviceAuthorization();
        if (!policy.network().permits(s.asked.origin(), s.browser)) {
            return new NotAllowed(Reason.NETWORK);
        }
        if (s.person.isEmpty()) {
            return new SignIn(false);
        }
        var person = s.person.get();
        if (!offered(s.client, person.connection) || !freshEnough(s, person.authentication.at())) {
            return new SignIn(true);
        }
        if (!policy.permits(person.account)) {
            return new NotAllowed(Reason.PERSON);
        }
        if (!s.expected) {
            return new NotAllowed(Reason.ACCOUNT);
        }
        return needsConsent(s) ? new AskConsent() : new Ready();
    }

    /// A session that came by a login option which this app does not offer counts for nothing.
    private static boolean offered(Client client, String connection) {
        return client.connections().map(names -> names.contains(connection)).orElse(true);
    }

    private static boolean freshEnough(Situation s, Instant signedInAt) {
        if (s.client.deviceAuthorization().requireReauthentication()) {
            return !signedInAt.isBefore(s.entry.enteredAt());
        }
        return s.sameNetwork() || signedInAt.plus(FRESH).isAfter(s.now);
    }

    /// Remembered consent does not serve a device on another network, nor authorization details,
    /// which are of this one request.
    private static boolean needsConsent(Situation s) {
        if (s.client.firstParty()) {
            return false;
        }
        return !s.sameNetwork()
                || s.asked.access().details().isPresent()
                || !s.needed().stream()
                        .allMatch(needed -> s.consents.stream().anyMatch(c -> c.covers(needed)));
    }
}
