package tandem.token;

import java.util.Optional;
import java.util.Set;
import tandem.model.Client;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.oauth.Profile;
import tandem.web.Form;
import tandem.web.Handler;
import tandem.web.OAuthAnswer;
import tandem.web.Request;
import tandem.web.Response;

/// An endpoint that a client posts a form to. Holds the steps all of them share, so that none can
/// leave one out. [RFC 6749 §3.2](https://www.rfc-editor.org/rfc/rfc6749#section-3.2)
///
/// @param proofs where a proof of a key means something; elsewhere the header is passed over
public record OAuthEndpoint(
        ClientAuthentication clients,
        ClientAuthentication.Demand demand,
        Optional<DpopProofs> proofs,
        Profile profile,
        Answer answer)
        implements Handler {

    /// Every parameter that some endpoint reads: none of them may be given twice. `resource` may
    /// ([RFC 8707 §2](https://www.rfc-editor.org/rfc/rfc8707#section-2)).
    private static final Set<String> KNOWN =
            Set.of(
                    "client_id",
                    "client_secret",
                    "client_assertion",
                    "client_assertion_type",
                    "grant_type",
                    "device_code",
                    "refresh_token",
                    "scope",
                    "audience",
                    "device_name",
                    "device_model",
                    "token",
                    "token_type_hint",
                    "code_challenge",
                    "code_challenge_method",
                    "code_verifier",
                    "authorization_details",
                    "dpop_jkt",
                    "login_hint",
                    "ui_locales",
                    "acr_values");

    /// What one endpoint does for a client that is known.
    @FunctionalInterface
    public interface Answer {

        /// Answers the body of a 200, or refuses.
        Outcome<? extends Object> to(ClientRequest asked);
    }

    @Override
    public Response handle(Request request) {
        var outcome = form(request).then(form -> answered(request, form));
        var response = OAuthAnswer.of(outcome, profile);
        if (challenges(outcome, request)) {
            response = response.with("WWW-Authenticate", "Basic realm=\"tandem\"");
        }
        return proofs.isPresent() && request.header(DpopProofs.HEADER).isPresent()
                ? response.with(DpopProofs.NONCE_HEADER, proofs.get().nonce())
                : response;
    }

    private Outcome<Object> answered(Request request, Form form) {
        return clients.authenticate(request, form, demand)
                .then(client -> asked(client, form, request))
                .then(asked -> answer.to(asked).map(body -> (Object) body));
    }

    private Outcome<ClientRequest> asked(Client client, Form form, Request request) {
        return proofs.map(p -> p.key(request, Optional.empty()))
                .orElse(Outcome.ok(Optional.empty()))
                .map(key -> new ClientRequest(client, form, request, key));
    }

    private Outcome<Form> form(Request request) {
        var form = profile == Profile.AUTH0 ? request.form().or(request::jsonForm) : request.form();
        if (form.isEmpty()) {
            return Outcome.refused(
                    ErrorCode.INVALID_REQUEST,
                    "the body is not a well-formed application/x-www-form-urlencoded in UTF-8");
        }
        return form.get()
                .repeated(KNOWN)
                .<Outcome<Form>>map(name ->
                        Outcome.refused(
                                ErrorCode.INVALID_REQUEST,
                                "parameter " + name + " is given more than once"))
                .orElseGet(() -> Outcome.ok(form.get()));
    }

    /// A client that tried by header is told by header ([RFC 6749
    /// §5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)).
    private static boolean challenges(Outcome<?> outcome, Request request) {
        return outcome instanceof Outcome.Refused<?>(var refusal)
                && refusal.code() == ErrorCode.INVALID_CLIENT
                && request.header("Authorization").isPresent();
    }
}
