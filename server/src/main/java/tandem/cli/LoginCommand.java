package tandem.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tandem login`: a device in the terminal, from the first request to the stored tokens.
@SuppressWarnings("NullAway.Init") // picocli fills the required options in
@Command(
        name = "login",
        header = "Log this terminal in: show a code, wait for its approval, keep the tokens.")
public final class LoginCommand extends Verb {

    @Option(
            names = "--issuer",
            required = true,
            paramLabel = "URL",
            converter = TrustedUrl.Converter.class,
            description = "The server, exactly as it calls itself.")
    private TrustedUrl issuer;

    @Option(
            names = "--client-id",
            required = true,
            paramLabel = "ID",
            description = "The app that logs in.")
    private String clientId;

    @Option(
            names = "--client-secret-file",
            paramLabel = "FILE",
            description = "The app's secret, if it has one; else $TANDEM_CLIENT_SECRET is taken.")
    private Optional<Path> clientSecretFile = Optional.empty();

    @Option(
            names = "--scope",
            paramLabel = "SCOPES",
            defaultValue = "openid offline_access",
            description = "What to ask for (default: \"${DEFAULT-VALUE}\").")
    private String scope;

    @Option(names = "--audience", paramLabel = "API", description = "The API to ask for.")
    private Optional<String> audience = Optional.empty();

    @Option(
            names = "--device-name",
            paramLabel = "NAME",
            description = "What this device says it is, shown to the person who approves.")
    private Optional<String> deviceName = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = ProfileName.DEFAULT,
            converter = ProfileName.Converter.class,
            description = "Where to keep the login (default: ${DEFAULT-VALUE}).")
    private ProfileName profile;

    @Option(names = "--json", description = "Print one JSON object a step, one a line.")
    private boolean json;

    @Option(names = "--no-qr", description = "Draw no QR code.")
    private boolean noQr;

    @Option(names = "--open", description = "Open the page in this machine's browser.")
    private boolean open;

    private final Surroundings surroundings;
    private Optional<LoginView> view = Optional.empty();

    /// As the command line creates it.
    public LoginCommand() {
        this(Surroundings.ofProcess());
    }

    LoginCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    Exit run() throws InterruptedException {
        LoginView shown = view();
        view = Optional.of(shown);
        Thread interrupted = Thread.ofPlatform().unstarted(shown::interrupted);
        Runtime.getRuntime().addShutdownHook(interrupted);
        try (shown) {
            return login(shown);
        } finally {
            withdraw(interrupted);
        }
    }

    private LoginView view() {
        return json
                ? new JsonView(surroundings.out())
                : new TerminalView(
                        surroundings.terminal().get(),
                        surroundings.err(),
                        surroundings.clock(),
                        !noQr);
    }

    private Exit login(LoginView shown) throws InterruptedException {
        ClientIdentity client =
                new ClientIdentity(
                        clientId, ClientSecret.find(clientSecretFile, surroundings.environment()));
        Profiles profiles = surroundings.profiles();
        profiles.ready();
        Wire wire = surroundings.wire();
        DeviceClient device =
                new DeviceClient(
                        wire, new Discovery(wire).of(issuer), client, surroundings.clock());
        Codes codes = device.ask(parameters());
        shown.code(codes);
        if (open) {
            Browser.open(codes.shortestWay());
        }
        Answer answer =
                new PollLoop(
                                device,
                                surroundings.clock(),
                                surroundings.sleeper(),
                                surroundings.random())
                        .decide(codes, shown);
        return switch (answer) {
            case Answer.Linked linked -> keep(linked.tokens(), profiles, shown);
            case Answer.Denied _ ->
                    ended(shown, Exit.DENIED, "access_denied", "the person declined");
            case Answer.Expired _ ->
                    ended(shown, Exit.EXPIRED, "expired_token", "the code has run out");
            case Answer.Failed failed ->
                    ended(shown, Exit.FAILED, failed.error(), failed.description());
            case Answer.Pending _, Answer.SlowDown _, Answer.Unreachable _ ->
                    throw new IllegalStateException("undecided");
        };
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("scope", scope);
        audience.ifPresent(value -> parameters.put("audience", value));
        deviceName.ifPresent(value -> parameters.put("device_name", value));
        return parameters;
    }

    private Exit keep(Tokens tokens, Profiles profiles, LoginView shown)
            throws InterruptedException {
        Profile kept =
                new Profile(
                        issuer.text(),
                        clientId,
                        clientSecretFile.map(file -> file.toAbsolutePath().toString()),
                        audience,
                        tokens.scope().orElse(scope),
                        tokens.accessToken(),
                        Profile.end(tokens, surroundings.clock().instant()),
                        tokens.refreshToken());
        try (ProfileLock _ = profiles.lock(profile)) {
            profiles.put(profile, kept);
        }
        shown.linked(profile, kept, tokens);
        return Exit.OK;
    }

    private static Exit ended(LoginView shown, Exit exit, String error, String description) {
        shown.failed(exit, error, description);
        return exit;
    }

    private static void withdraw(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is already stopping, and the hook is what tidies up.
        }
    }

    @Override
    void complain(CommandFailure failure) {
        view.ifPresentOrElse(
                shown -> shown.failed(failure.exit(), failure.error(), failure.description()),
                () -> super.complain(failure));
    }

    @Override
    PrintStream err() {
        return surroundings.err();
    }
}
