package tandem.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tandem.model.Api;
import tandem.model.Client;
import tandem.oauth.Scopes;
import tandem.page.App;
import tandem.page.Confirm;
import tandem.page.Consent;
import tandem.page.EntryForm;
import tandem.page.Person;
import tandem.page.RequestFacts;
import tandem.page.ScopeLine;
import tandem.secret.Purpose;
import tandem.token.AuthorizationDetails;
import tandem.token.ScopeRules;
import tandem.web.Agent;

/// What the pages of a decision say of a situation.
record Views(DeviceFlow flow) {

    /// Longer than people usually take from the screen to the page.
    private static final Duration OLD = Duration.ofMinutes(5);

    Confirm confirm(Step.Situation s, String csrf) {
        var scopes = new ArrayList<ScopeLine>();
        apis(s).forEach(api -> scopes.addAll(api.scopes()));
        if (staysConnected(s)) {
            scopes.add(new ScopeLine(Scopes.OFFLINE_ACCESS, ""));
        }
        return new Confirm(
                code(s), app(s.client()), facts(s), scopes, new EntryForm(s.entry().id(), csrf));
    }

    Consent consent(Step.Situation s, Person person, String csrf) {
        return page(s, person, apis(s), details(s), csrf);
    }

    /// The last step where nothing is left to agree to, after a trip to a provider: one more tap.
    Consent finish(Step.Situation s, Person person, String csrf) {
        return page(s, person, List.of(), List.of(), csrf);
    }

    static App app(Client client) {
        return new App(client.name(), client.logo(), client.firstParty());
    }

    private Consent page(
            Step.Situation s,
            Person person,
            List<Consent.ApiScopes> apis,
            List<Consent.Detail> details,
            String csrf) {
        return new Consent(
                app(s.client()),
                person,
                apis,
                details,
                staysConnected(s)
                        ? Optional.of(s.client().refreshToken().tokenLifetime())
                        : Optional.empty(),
                code(s),
                facts(s),
                new EntryForm(s.entry().id(), csrf));
    }

    /// Only where app and API may have refresh tokens.
    private static boolean staysConnected(Step.Situation s) {
        return s.asked().requested().contains(Scopes.OFFLINE_ACCESS)
                && ScopeRules.offline(s.client(), s.apis());
    }

    /// Scopes in the APIs' words, those of the account itself first. Staying connected is told
    /// apart, with its real lifetime.
    private static List<Consent.ApiScopes> apis(Step.Situation s) {
        var asked = s.asked().requested().without(Scopes.OFFLINE_ACCESS);
        var groups = new ArrayList<Consent.ApiScopes>();
        var account = asked.only(Scopes.STANDARD::contains).values();
        if (!account.isEmpty()) {
            var lines = account.stream().map(scope -> new ScopeLine(scope, "")).toList();
            groups.add(new Consent.ApiScopes(Optional.empty(), lines));
        }
        for (var api : s.apis()) {
            var own =
                    asked.values().stream()
                            .flatMap(scope -> api.scope(scope).stream())
                            .map(scope -> new ScopeLine(scope.value(), scope.description()))
                            .toList();
            if (!own.isEmpty()) {
                groups.add(new Consent.ApiScopes(Optional.of(api.name()), own));
            }
        }
        return groups;
    }

    /// Titled in the words of the API that knows the type.
    private static List<Consent.Detail> details(Step.Situation s) {
        return AuthorizationDetails.elements(s.asked().access().details()).stream()
                .map(element -> {
                    var type = element.path("type").asString("");
                    var words =
                            s.apis().stream()
                                    .flatMap(api -> api.detailType(type).stream())
                                    .map(Api.DetailType::description)
                                    .filter(description -> !description.isEmpty())
                                    .findFirst();
                    var values =
                            AuthorizationDetails.values(element).stream()
                                    .map(v -> new Consent.Value(v.name(), v.text()))
                                    .toList();
                    return new Consent.Detail(words.orElse(type), values);
                })
                .toList();
    }

    private static RequestFacts facts(Step.Situation s) {
        var age = Duration.between(s.asked().askedAt(), s.now());
        var network =
                switch (s.nearness()) {
                    case SAME_NETWORK -> RequestFacts.Network.SAME;
                    case OTHER_NETWORK -> RequestFacts.Network.DIFFERENT;
                    case UNKNOWN -> RequestFacts.Network.UNKNOWN;
                };
        return new RequestFacts(
                age,
                s.asked().origin().address(),
                Optional.empty(),
                Agent.inWords(s.asked().origin()),
                network,
                s.asked().device().name(),
                s.asked().device().model(),
                age.compareTo(OLD) > 0);
    }

    private String code(Step.Situation s) {
        return flow.keys().open(Purpose.ENTERED_CODE, s.entry().code());
    }
}
