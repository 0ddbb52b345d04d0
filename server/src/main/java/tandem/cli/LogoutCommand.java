package tandem.cli;

import java.io.PrintStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tandem logout`: ends the login at the server, then forgets it here, [RFC
/// 7009](https://www.rfc-editor.org/rfc/rfc7009).
@SuppressWarnings("NullAway.Init") // picocli fills the options in
@Command(name = "logout", header = "End a login at the server and forget it here.")
public final class LogoutCommand extends Verb {

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = ProfileName.DEFAULT,
            converter = ProfileName.Converter.class,
            description = "The login to end (default: ${DEFAULT-VALUE}).")
    private ProfileName profile;

    @Option(
            names = "--forget",
            description = "Forget it here even when the server could not be told.")
    private boolean forget;

    private final Surroundings surroundings;

    /// As the command line creates it.
    public LogoutCommand() {
        this(Surroundings.ofProcess());
    }

    LogoutCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    Exit run() throws InterruptedException {
        Profiles profiles = surroundings.profiles();
        profiles.get(profile);
        try (ProfileLock _ = profiles.lock(profile)) {
            Optional<String> trouble = revoke(profiles.get(profile));
            if (trouble.isEmpty()) {
                profiles.forget(profile);
                surroundings.out().println("Logged out.");
                return Exit.OK;
            }
            String told = "the server did not end the login: " + Terminal.clean(trouble.get());
            if (!forget) {
                throw new CommandFailure(
                        Exit.FAILED,
                        "not_revoked",
                        told + "; it is kept, so try again, or forget it with --forget");
            }
            profiles.forget(profile);
            err().println("tandem: " + told + "; it is forgotten here and lives on there");
            return Exit.OK;
        }
    }

    /// Asks the server to end the login; says why it was not, if so.
    private Optional<String> revoke(Profile login) throws InterruptedException {
        Wire wire = surroundings.wire();
        Optional<URI> endpoint;
        Map<String, String> form;
        try {
            endpoint = new Discovery(wire).of(TrustedUrl.parse(login.issuer())).revocation();
            form = login.client(surroundings.environment()).form();
        } catch (CommandFailure failure) {
            return Optional.of(failure.description());
        }
        if (endpoint.isEmpty()) {
            return Optional.of("it offers no way to");
        }
        form.put("token", login.refreshToken().orElse(login.accessToken()));
        form.put(
                "token_type_hint",
                login.refreshToken().isPresent() ? "refresh_token" : "access_token");
        Reply reply = surroundings.retries().until(() -> wire.post(endpoint.get(), form));
        return reply.ok() ? Optional.empty() : Optional.of(reply.explained());
    }

    @Override
    PrintStream err() {
        return surroundings.err();
    }
}
