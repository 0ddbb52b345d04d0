package tandem.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// How an operator's verb gets its access token: as an app of its own, or by a stored login.
@SuppressWarnings("NullAway.Init") // picocli fills these in
final class OperatorOptions {

    /// Long enough for every page of a long list.
    private static final Duration MINIMUM = Duration.ofSeconds(60);

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            converter = TrustedUrl.Converter.class,
            description = "The server, exactly as it calls itself.")
    private Optional<TrustedUrl> issuer = Optional.empty();

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "An app with a client grant for the Management API.")
    private Optional<String> clientId = Optional.empty();

    @Option(
            names = "--client-secret-file",
            paramLabel = "FILE",
            description = "Its secret; else $TANDEM_CLIENT_SECRET is taken.")
    private Optional<Path> clientSecretFile = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            converter = ProfileName.Converter.class,
            description = {"Instead of an app: a login made with", "--audience {issuer}/api/v2/."})
    private Optional<ProfileName> profile = Optional.empty();

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    ManagementClient client(Surroundings surroundings, String scope) throws InterruptedException {
        if (profile.isPresent()) {
            if (clientId.isPresent()) {
                throw usage("give --profile or --client-id, not both");
            }
            return byLogin(surroundings, profile.get());
        }
        if (issuer.isEmpty() || clientId.isEmpty()) {
            throw usage("give --issuer and --client-id, or --profile");
        }
        Optional<String> secret = ClientSecret.find(clientSecretFile, surroundings.environment());
        if (secret.isEmpty()) {
            throw usage("give --client-secret-file, or set " + ClientSecret.VARIABLE);
        }
        return ManagementClient.authenticated(
                surroundings.wire(),
                surroundings.retries(),
                issuer.get(),
                new ClientIdentity(clientId.get(), secret),
                scope);
    }

    private ManagementClient byLogin(Surroundings surroundings, ProfileName name)
            throws InterruptedException {
        Profile login = surroundings.profiles().get(name);
        TrustedUrl server = TrustedUrl.parse(login.issuer());
        if (issuer.isPresent() && !issuer.get().equals(server)) {
            throw usage("the login '%s' is at %s".formatted(name, server));
        }
        String audience = ManagementClient.audience(server);
        if (!login.audience().equals(Optional.of(audience))) {
            throw new CommandFailure(
                    Exit.LOGIN_NEEDED,
                    "wrong_audience",
                    "the login '%s' is not for the Management API; log in with --audience %s"
                            .formatted(name, audience));
        }
        return new ManagementClient(
                surroundings.wire(),
                surroundings.retries(),
                server,
                FreshToken.in(surroundings).of(name, MINIMUM));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
