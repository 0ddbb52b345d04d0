package tandem.token;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tandem.model.Client;
import tandem.oauth.ClientId;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.oauth.SecretHash;
import tandem.secret.Purpose;
import tandem.secret.SecretKeys;
import tandem.store.Store;
import tandem.web.Form;
import tandem.web.Request;

/// Finds out which client is asking, and whether it is. [RFC 6749
/// §2.3](https://www.rfc-editor.org/rfc/rfc6749#section-2.3)
///
/// Takes what real clients send: the same credentials in header and body, an empty secret from a
/// public client, Basic without a `client_id` in the body, or a JWT the client signed. Unknown,
/// disabled and wrongly authenticated clients are refused alike.
public record ClientAuthentication(
        Store store, SecretKeys keys, ClientAssertions assertions, SecretGuesses guesses) {

    private static final String BASIC = "basic ";

    /// What an endpoint demands of a confidential client.
    public enum Demand {
        ALWAYS,
        /// As the client's `device_authorization.authentication` says.
        UNLESS_OPTIONAL
    }

    private record Credentials(String id, String secret) {}

    public Outcome<Client> authenticate(Request request, Form form, Demand demand) {
        var headers = request.headers("Authorization");
        if (headers.size() > 1) {
            return Outcome.refused(ErrorCode.INVALID_REQUEST, "more than one Authorization header");
        }
        var basic = headers.stream().filter(ClientAuthentication::isBasic).findFirst();
        if (ClientAssertions.presented(form)) {
            return basic.isPresent() || form.text("client_secret").isPresent()
                    ? Outcome.refused(
                            ErrorCode.INVALID_REQUEST,
                            "client_assertion and a client secret are two ways to authenticate;"
                                    + " send one")
                    : asserted(form);
        }
        return bySecret(request, basic, form, demand);
    }

    /// The clients that a request names, whether or not it proves to come from one.
    static Stream<ClientId> named(Request request) {
        var form = request.form().orElse(Form.EMPTY);
        var inHeaders =
                request.headers("Authorization").stream()
                        .filter(ClientAuthentication::isBasic)
                        .flatMap(header -> basic(header).stream())
                        .map(Credentials::id);
        var inBody =
                Stream.concat(
                        form.all("client_id").stream(), ClientAssertions.issuer(form).stream());
        return Stream.concat(inBody, inHeaders).map(ClientId::new);
    }

    private Outcome<Client> asserted(Form form) {
        return assertions
                .client(store.registered(), form)
                .map(Outcome::ok)
                .orElseGet(ClientAuthentication::refused);
    }

    private Outcome<Client> bySecret(
            Request request, Optional<String> basic, Form form, Demand demand) {
        var candidates = basic.map(ClientAuthentication::basic);
        if (candidates.map(List::isEmpty).orElse(false)) {
            return refused();
        }
        var body =
                new Credentials(
                        form.text("client_id").orElse(""), form.text("client_secret").orElse(""));
        if (candidates.isEmpty()) {
            return body.id.isEmpty()
                    ? Outcome.refused(
                            ErrorCode.INVALID_CLIENT,
                            "no client: send client_id, or authenticate with client_secret_basic")
                    : matched(request, List.of(body), demand);
        }
        var differing = candidates.get().stream().noneMatch(header -> agree(header, body));
        return differing
                ? Outcome.refused(
                        ErrorCode.INVALID_REQUEST,
                        "the Authorization header and the body name different credentials")
                : matched(request, candidates.get(), demand);
    }

    private Outcome<Client> matched(Request request, List<Credentials> candidates, Demand demand) {
        if (candidates.getFirst().secret.isEmpty()) {
            return proven(candidates, demand).orElseGet(ClientAuthentication::refused);
        }
        var known =
                candidates.stream()
                        .map(candidate -> new ClientId(candidate.id))
                        .filter(id -> store.registered().client(id).isPresent())
                        .findFirst();
        var wait = guesses.wait(request, known);
        if (wait.isPresent()) {
            return Outcome.refused(
                    ErrorCode.TOO_MANY_REQUESTS, "too many wrong client secrets", wait.get());
        }
        return proven(candidates, demand)
                .orElseGet(() -> {
                    guesses.wrong(request, known);
                    return refused();
                });
    }

    private Optional<Outcome<Client>> proven(List<Credentials> candidates, Demand demand) {
        return candidates.stream()
                .flatMap(candidate ->
                        store.registered().client(new ClientId(candidate.id)).stream()
                                .filter(client -> proven(client, candidate.secret, demand)))
                .findFirst()
                .map(Outcome::ok);
    }

    private boolean proven(Client client, String secret, Demand demand) {
        if (!client.enabled()) {
            return false;
        }
        if (secret.isEmpty()) {
            return !client.confidential()
                    || (demand == Demand.UNLESS_OPTIONAL
                            && !client.deviceAuthorization().authenticationRequired());
        }
        return switch (client.authenticationMethod()) {
            case NONE, CLIENT_SECRET_BASIC, CLIENT_SECRET_POST ->
                    client.secret().filter(hash -> matches(secret, hash)).isPresent();
            case PRIVATE_KEY_JWT -> false;
        };
    }

    private boolean matches(String secret, SecretHash hash) {
        return keys.matches(Purpose.CLIENT_SECRET, secret, hash);
    }

    private static <T> Outcome<T> refused() {
        return Outcome.refused(
                ErrorCode.INVALID_CLIENT, "the client is unknown or its authentication failed");
    }

    private static boolean agree(Credentials header, Credentials body) {
        return (body.id.isEmpty() || body.id.equals(header.id))
                && (body.secret.isEmpty() || body.secret.equals(header.secret));
    }

    private static boolean isBasic(String authorization) {
        return authorization.regionMatches(true, 0, BASIC, 0, BASIC.length());
    }

    /// What a Basic header may mean: form-decoded as §2.3.1 says, and as it stands, since many
    /// clients do not encode. Empty when it is malformed.
    private static List<Credentials> basic(String authorization) {
        String pair;
        try {
            var encoded = authorization.substring(BASIC.length()).strip();
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
        int colon = pair.indexOf(':');
        if (colon <= 0) {
            return List.of();
        }
        var plain = new Credentials(pair.substring(0, colon), pair.substring(colon + 1));
        return Stream.concat(decoded(plain).stream(), Stream.of(plain)).distinct().toList();
    }

    private static Optional<Credentials> decoded(Credentials encoded) {
        try {
            return Optional.of(
                    new Credentials(
                            URLDecoder.decode(encoded.id, StandardCharsets.UTF_8),
                            URLDecoder.decode(encoded.secret, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
