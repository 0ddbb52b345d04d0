package tandem.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A login as a program reads it: one JSON object a step, one a line, never a token.
final class JsonView implements LoginView {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final PrintStream out;
    private boolean pendingTold;

    JsonView(PrintStream out) {
        this.out = out;
    }

    @Override
    public void code(Codes codes) {
        step(
                "code",
                json -> {
                    json.put("user_code", codes.userCode());
                    json.put("verification_uri", codes.verificationUri().toString());
                    codes.verificationUriComplete()
                            .ifPresent(
                                    uri -> json.put("verification_uri_complete", uri.toString()));
                    json.put("expires_in", codes.lifetime().toSeconds());
                    json.put("interval", codes.interval().toSeconds());
                });
    }

    /// Once, and again after something else was told.
    @Override
    public void pending(Duration interval) {
        if (!pendingTold) {
            step("pending", json -> json.put("interval", interval.toSeconds()));
            pendingTold = true;
        }
    }

    @Override
    public void slowedDown(Duration interval) {
        step("slow_down", json -> json.put("interval", interval.toSeconds()));
        pendingTold = true;
    }

    @Override
    public void retrying(String reason, Duration wait) {
        step(
                "retrying",
                json -> {
                    json.put("reason", reason);
                    json.put("wait", wait.toSeconds());
                });
        pendingTold = false;
    }

    @Override
    public void linked(ProfileName name, Profile profile, Tokens tokens) {
        step(
                "linked",
                json -> {
                    json.put("profile", name.text());
                    json.put("issuer", profile.issuer());
                    json.put("scope", profile.scope());
                    json.put("token_type", tokens.tokenType());
                    tokens.lifetime()
                            .ifPresent(lifetime -> json.put("expires_in", lifetime.toSeconds()));
                    json.put("refreshable", profile.refreshToken().isPresent());
                    tokens.idToken()
                            .flatMap(IdToken::person)
                            .ifPresent(person -> json.put("person", person));
                });
    }

    @Override
    public void failed(Exit exit, String error, String description) {
        step(
                "failed",
                json -> {
                    json.put("error", error);
                    json.put("error_description", description);
                });
    }

    @Override
    public void interrupted() {
        failed(Exit.FAILED, "interrupted", "the command was interrupted");
    }

    private synchronized void step(String name, Consumer<ObjectNode> members) {
        ObjectNode json = JSON.createObjectNode();
        json.put("step", name);
        members.accept(json);
        out.println(JSON.writeValueAsString(json));
        out.flush();
    }

    @Override
    public void close() {
        // Every line is complete as soon as it is written.
    }
}
