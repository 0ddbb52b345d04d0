package tandem.manage;

import java.util.Optional;
import java.util.Set;
import tandem.model.Registered;
import tandem.oauth.ClientId;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.oauth.Refusal;
import tandem.store.Store;
import tandem.token.AccessTokens;
import tandem.token.Issuer;
import tandem.token.PresentedTokens;
import tandem.web.Handler;
import tandem.web.Json;
import tandem.web.Request;
import tandem.web.Response;
import tools.jackson.databind.JsonNode;

/// Who may call what: the token, its scope and the form of what is asked are looked at here, before
/// any endpoint.
///
/// Besides the token, the client grant it rests on is looked at anew: a scope that the operator has
/// taken away is gone at the next call, however long the token lives.
record Gate(Store store, PresentedTokens tokens, Issuer issuer) {

    @FunctionalInterface
    interface Action {
        Response on(Call call);
    }

    @FunctionalInterface
    interface ListAction {
        Response on(Call call, Listing listing);
    }

    @FunctionalInterface
    interface BodyAction {
        Response on(Call call, JsonNode body);
    }

    /// Lets in tokens that hold a scope.
    Handler open(String scope, Action action) {
        return request ->
                switch (tokens.live(request)) {
                    case Outcome.Refused<Optional<AccessTokens.Live>>(var refusal) ->
                            refused(request, refusal);
                    case Outcome.Ok<Optional<AccessTokens.Live>>(var live) ->
                            live.map(token -> answer(request, token, scope, action))
                                    .orElseGet(Gate::challenge);
                };
    }

    /// The same for a listing.
    Handler list(String scope, Set<String> filters, ListAction action) {
        return open(
                scope,
                call -> {
                    var query = call.request().query();
                    if (query.isEmpty()) {
                        return new Problem(400, "The query is malformed.", "invalid_query_string")
                                .response();
                    }
                    var place = Place.top();
                    var listing = Listing.of(query.get(), filters, place);
                    return place.good()
                            ? action.on(call, listing)
                            : Problem.query(place.mistakes()).response();
                });
    }

    /// The same for a call with a JSON object of a given shape.
    Handler body(String scope, Shape shape, BodyAction action) {
        return open(
                scope,
                call -> {
                    var body = json(call.request());
                    if (body.isEmpty()) {
                        return new Problem(
                                        400,
                                        "Expected one JSON object in UTF-8, without repeated"
                                                + " members, with Content-Type: application/json.",
                                        "invalid_body")
                                .response();
                    }
                    var place = Place.top();
                    shape.check(body.get(), place);
                    return place.good()
                            ? action.on(call, body.get())
                            : Problem.body(place.mistakes()).response();
                });
    }

    private Response answer(Request request, AccessTokens.Live live, String scope, Action action) {
        if (!live.audience().contains(issuer.management())) {
            return refused(
                    request, new Refusal(ErrorCode.INVALID_TOKEN, "the token is not for this API"));
        }
        var by = live.client().id();
        if (!live.scopes().contains(scope) || !granted(store.registered(), by, scope)) {
            var problem =
                    new Problem(
                            403,
                            "Insufficient scope, expected " + scope + ".",
                            "insufficient_scope");
            return tokens.lacking(scope, problem.response(), request);
        }
        return action.on(new Call(request, by));
    }

    private Response refused(Request request, Refusal refusal) {
        var message =
                refusal.code() == ErrorCode.INVALID_TOKEN
                        ? "Invalid token: expired, or not for this API."
                        : refusal.description();
        var problem =
                new Problem(PresentedTokens.status(refusal.code()), message, refusal.code().wire());
        return tokens.challenged(problem.response(), refusal, request);
    }

    private boolean granted(Registered registered, ClientId by, String scope) {
        return registered
                .clientGrant(by, issuer.management())
                .filter(grant -> grant.scope().contains(scope))
                .isPresent();
    }

    private static Response challenge() {
        return PresentedTokens.challenged(
                new Problem(401, "Missing authentication.", "missing_authentication").response());
    }

    private static Optional<JsonNode> json(Request request) {
        var type = request.header("Content-Type").orElse("");
        int semicolon = type.indexOf(';');
        var media = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
        return media.equalsIgnoreCase("application/json")
                ? Json.read(request.body())
                : Optional.empty();
    }
}
