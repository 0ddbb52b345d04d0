package tandem.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// Gives out an access token that is good for a while, refreshing it when it is not, [RFC 6749
/// §6](https://www.rfc-editor.org/rfc/rfc6749#section-6).
///
/// Lock, read again, refresh, store durably, only then hand out: whoever is second finds the first
/// one's token, and a token that was used is never one that could be lost.
record FreshToken(
        Profiles profiles,
        Wire wire,
        Retries retries,
        InstantSource clock,
        Map<String, String> environment) {

    static FreshToken in(Surroundings surroundings) {
        return new FreshToken(
                surroundings.profiles(),
                surroundings.wire(),
                surroundings.retries(),
                surroundings.clock(),
                surroundings.environment());
    }

    String of(ProfileName name, Duration minimum) throws InterruptedException {
        Profile cached = profiles.get(name);
        if (cached.goodFor(minimum, clock.instant())) {
            return cached.accessToken();
        }
        try (ProfileLock _ = profiles.lock(name)) {
            Profile current = profiles.get(name);
            if (current.goodFor(minimum, clock.instant())) {
                return current.accessToken();
            }
            Profile renewed = current.refreshed(refresh(current), clock.instant());
            profiles.put(name, renewed);
            return renewed.accessToken();
        }
    }

    private Tokens refresh(Profile profile) throws InterruptedException {
        String refreshToken =
                profile.refreshToken()
                        .orElseThrow(() ->
                                new CommandFailure(
                                        Exit.LOGIN_NEEDED,
                                        "login_expired",
                                        "the login has run out; run: tandem login"));
        Endpoints endpoints = new Discovery(wire).of(TrustedUrl.parse(profile.issuer()), retries);
        Map<String, String> form = profile.client(environment).form();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        Reply reply = retries.until(() -> wire.post(endpoints.token(), form));
        if (reply instanceof Reply.Json json && json.ok()) {
            return Tokens.in(json).orElseThrow(() -> refused(reply, "invalid_response"));
        }
        throw refused(reply, reply instanceof Reply.None ? "unreachable" : "refused");
    }

    private static CommandFailure refused(Reply reply, String otherwise) {
        String error =
                reply instanceof Reply.Json json ? json.text("error").orElse(otherwise) : otherwise;
        if (error.equals("invalid_grant")) {
            return new CommandFailure(
                    Exit.LOGIN_NEEDED, error, "this device was unlinked; run: tandem login");
        }
        return new CommandFailure(
                Exit.FAILED, error, "the login was not renewed: " + reply.explained());
    }
}
