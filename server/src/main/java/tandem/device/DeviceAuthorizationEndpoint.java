package tandem.device;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tandem.model.Access;
import tandem.model.Api;
import tandem.model.Binding;
import tandem.model.Client;
import tandem.model.DeviceAuthorization;
import tandem.model.DeviceFacts;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Registered;
import tandem.model.RowId;
import tandem.oauth.DeviceCode;
import tandem.oauth.ErrorCode;
import tandem.oauth.GrantType;
import tandem.oauth.Outcome;
import tandem.secret.Purpose;
import tandem.token.Audience;
import tandem.token.AuthorizationDetails;
import tandem.token.ClientRequest;
import tandem.token.CodeChallenge;
import tandem.token.Issuer;
import tandem.token.OAuthEndpoint;
import tandem.token.ScopeRules;
import tandem.web.ClientAddress;
import tandem.web.Form;
import tandem.web.Limits.Limit;
import tandem.web.Request;

/// `POST /oauth/device/code`: where a device asks for its codes. [RFC 8628 §3.1 and
/// §3.2](https://www.rfc-editor.org/rfc/rfc8628#section-3.1)
record DeviceAuthorizationEndpoint(DeviceFlow flow) implements OAuthEndpoint.Answer {

    private static final int DRAWS_MAX = 5;

    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");

    /// So many live codes of one client and no more: an app gone wild stops itself, not the others.
    private static final long LIVE_PER_CLIENT_MAX = 1_000_000;

    @Override
    public Outcome<DeviceAuthorizationResponse> to(ClientRequest asked) {
        var client = asked.client();
        var registered = flow.store().registered();
        var outcome =
                permitted(registered, client, asked.request())
                        .then(permitted -> Audience.requested(registered, asked.form()))
                        .then(apis -> request(asked, apis))
                        .map(request -> open(registered, client, request));
        if (outcome instanceof Outcome.Refused<?>(var refusal)) {
            tell(client, refusal.code(), asked.request());
        }
        return outcome;
    }

    private void tell(Client client, ErrorCode error, Request request) {
        var about = Event.About.NOTHING.client(client.id()).from(request.origin());
        if (error == ErrorCode.TOO_MANY_REQUESTS) {
            var who = ClientAddress.network(request.address()) + ' ' + client.id();
            flow.telling().limited(Limit.DEVICE_CODES_PER_CLIENT, who, about);
        } else {
            flow.telling()
                    .failed(
                            EventType.DEVICE_REQUEST_FAILED,
                            client.id().value(),
                            about,
                            error.wire());
        }
    }

    private Outcome<Boolean> permitted(Registered registered, Client client, Request request) {
        if (!registered.tenant().deviceFlowEnabled() || !client.has(GrantType.DEVICE_CODE)) {
            return Outcome.refused(
                    ErrorCode.UNAUTHORIZED_CLIENT, "this client may not use the device flow");
        }
        if (!client.deviceAuthorization().network().asksFromWithin(request.origin())) {
            return Outcome.refused(
                    ErrorCode.UNAUTHORIZED_CLIENT,
                    "this client may not use the device flow from this network");
        }
        var network = ClientAddress.network(request.address());
        var wait =
                flow.limits()
                        .exceeded(Limit.DEVICE_CODES_PER_CLIENT, network + ' ' + client.id())
                        .or(() -> flow.limits().exceeded(Limit.DEVICE_CODES, network));
        if (wait.isPresent()) {
            return Outcome.refused(
                    ErrorCode.TOO_MANY_REQUESTS, "too many codes asked for", wait.get());
        }
        return flow.live().count(client.id()) < LIVE_PER_CLIENT_MAX
                ? Outcome.ok(true)
                : Outcome.refused(
                        ErrorCode.TOO_MANY_REQUESTS,
                        "too many codes of this client are waiting",
                        Duration.ofMinutes(1));
    }

    private Outcome<DeviceAuthorization.Request> request(ClientRequest asked, List<Api> apis) {
        if (apis.stream().map(Api::identifier).anyMatch(flow.issuer().management()::equals)) {
            return Outcome.refused(
                    ErrorCode.INVALID_TARGET, "the Management API is not for devices");
        }
        return facts(asked.form())
                .then(facts ->
                        binding(asked)
                                .then(binding ->
                                        access(asked, apis)
                                                .map(access ->
                                                        new DeviceAuthorization.Request(
                                                                asked.client().id(),
                                                                access,
                                                                binding,
                                                                asked.request().origin(),
                                                                facts))));
    }

    private static Outcome<Access> access(ClientRequest asked, List<Api> apis) {
        var identifiers = apis.stream().map(Api::identifier).toList();
        return ScopeRules.requested(asked.client(), apis, asked.form().text("scope"))
                .then(scopes ->
                        AuthorizationDetails.requested(apis, asked.form())
                                .map(details -> new Access(scopes, identifiers, details)));
    }

    private static Outcome<DeviceFacts> facts(Form form) {
        var facts =
                new DeviceFacts(
                        form.text("device_name"),
                        form.text("device_model"),
                        DeviceFacts.locales(form.text("ui_locales")));
        return facts.name().map(DeviceFacts::acceptable).orElse(true)
                        && facts.model().map(DeviceFacts::acceptable).orElse(true)
                ? Outcome.ok(facts)
                : Outcome.refused(
                        ErrorCode.INVALID_REQUEST,
                        "device_name and device_model may hold at most "
                                + DeviceFacts.LENGTH_MAX
                                + " letters, digits, spaces, '-', '.' and apostrophes");
    }

    private Outcome<Binding> binding(ClientRequest asked) {
        var hint = asked.form().text("login_hint");
        return CodeChallenge.requested(asked.form())
                .then(challenge ->
                        key(asked)
                                .map(key ->
                                        new Binding(
                                                challenge,
                                                key,
                                                hint.map(h -> LoginHint.of(flow.keys(), h)))));
    }

    /// The key named by `dpop_jkt` or proved by the `DPoP` header; by both, if it is the same. [RFC
    /// 9449 §10](https://www.rfc-editor.org/rfc/rfc9449#section-10)
    private static Outcome<Optional<String>> key(ClientRequest asked) {
        var named = asked.form().text("dpop_jkt");
        if (named.filter(n -> !THUMBPRINT.matcher(n).matches()).isPresent()) {
            return Outcome.refused(
                    ErrorCode.INVALID_REQUEST, "dpop_jkt is no SHA-256 thumbprint of a key");
        }
        return named.isEmpty() || asked.key().isEmpty() || named.equals(asked.key())
                ? Outcome.ok(named.or(asked::key))
                : Outcome.refused(
                        ErrorCode.INVALID_DPOP_PROOF,
                        "dpop_jkt names another key than the one the DPoP header proves");
    }

    private DeviceAuthorizationResponse open(
            Registered registered, Client client, DeviceAuthorization.Request asked) {
        var policy = client.deviceAuthorization();
        var format = registered.tenant().userCodes();
        var deviceCode = DeviceCode.random(flow.random());
        for (int draw = 1; draw <= DRAWS_MAX; draw++) {
            var now = flow.now();
            var userCode = format.random(flow.live().count(), flow.random());
            var opened =
                    DeviceAuthorization.asked(
                            RowId.next(now, flow.random()),
                            deviceCode,
                            flow.keys().hash(Purpose.USER_CODE, userCode.value()),
                            asked,
                            policy.lifetime(),
                            now);
            if (kept(opened)) {
                flow.live().add(opened, policy.interval());
                return response(
                        policy.verificationUriComplete(),
                        deviceCode,
                        format.show(userCode),
                        opened,
                        policy.interval());
            }
        }
        throw new IllegalStateException("no free user code in " + DRAWS_MAX + " draws");
    }

    private boolean kept(DeviceAuthorization opened) {
        return flow.store()
                .write(tx -> {
                    if (!tx.deviceAuthorizations().add(opened)) {
                        return false;
                    }
                    var about = Event.About.of(opened).from(opened.origin());
                    tx.events().add(Event.of(EventType.DEVICE_REQUESTED, opened.askedAt(), about));
                    return true;
                });
    }

    private DeviceAuthorizationResponse response(
            boolean complete,
            DeviceCode deviceCode,
            String shown,
            DeviceAuthorization opened,
            Duration interval) {
        var uri = flow.issuer().at(Issuer.ACTIVATE);
        var encoded = URLEncoder.encode(shown, StandardCharsets.US_ASCII).replace("+", "%20");
        return new DeviceAuthorizationResponse(
                deviceCode.value(),
                shown,
                uri,
                complete ? Optional.of(uri + "?user_code=" + encoded) : Optional.empty(),
                Duration.between(opened.askedAt(), opened.expiresAt()).toSeconds(),
                interval.toSeconds());
    }
}
