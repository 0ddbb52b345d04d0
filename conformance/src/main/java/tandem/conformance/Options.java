package tandem.conformance;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the command line says; null where it says nothing. Every option may stand in `--config`.
final class Options {
    // The server

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "The server's issuer identifier; needed.")
    String issuer = "";

    @Option(
            names = "--device-endpoint",
            paramLabel = "URL",
            description = "Instead of the metadata's device_authorization_endpoint.")
    @Nullable URI deviceEndpoint;

    @Option(
            names = "--token-endpoint",
            paramLabel = "URL",
            description = "Instead of the metadata's token_endpoint.")
    @Nullable URI tokenEndpoint;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Certificates (PEM) to trust besides the system's.")
    @Nullable Path ca;

    // Clients

    @Option(
            names = "--client",
            paramLabel = "ID",
            description = "A public client with the device grant; needed.")
    String client = "";

    @Option(
            names = "--other-client",
            paramLabel = "ID",
            description = "A second public client with the device grant.")
    @Nullable String otherClient;

    @Option(
            names = "--confidential",
            paramLabel = "ID[:SECRET]",
            description = "A client with a secret and the device grant.")
    @Nullable String confidential;

    @Option(
            names = "--secret-env",
            paramLabel = "VAR",
            description = "The environment variable that holds its secret.")
    @Nullable String secretEnv;

    @Option(
            names = "--secret-in",
            paramLabel = "WHERE",
            defaultValue = "header",
            description = "How it authenticates: header or body (default: ${DEFAULT-VALUE}).")
    String secretIn = "header";

    @Option(
            names = "--ungranted-client",
            paramLabel = "ID",
            description = "A public client without the device grant.")
    @Nullable String ungrantedClient;

    @Option(
            names = "--short-lifetime-client",
            paramLabel = "ID",
            description = "A public client whose codes live 5 to 30 s.")
    @Nullable String shortLifetimeClient;

    // What is asked for

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description =
                    "What devices ask for (default: openid offline_access, as the server supports).")
    @Nullable String scope;

    @Option(names = "--api", paramLabel = "AUDIENCE", description = "An API to ask tokens for.")
    @Nullable String api;

    @Option(
            names = "--api-parameter",
            paramLabel = "NAME",
            defaultValue = "resource",
            description =
                    "Its parameter: resource (RFC 8707) or audience (default: ${DEFAULT-VALUE}).")
    String apiParameter = "resource";

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            description = "A web origin allowed to the client.")
    @Nullable String origin;

    // The person

    @Option(names = "--user", paramLabel = "NAME", description = "Who signs in and approves.")
    @Nullable String user;

    @Option(
            names = "--password-env",
            paramLabel = "VAR",
            defaultValue = "CONFORMANCE_PASSWORD",
            description =
                    "The environment variable that holds the password (default: ${DEFAULT-VALUE}).")
    String passwordEnv = "CONFORMANCE_PASSWORD";

    @Option(
            names = "--approver",
            paramLabel = "HOW",
            defaultValue = "forms",
            description =
                    "forms (plain HTML), browser (headless Chromium), none, or a command with {uri}, {user_code} and {wish} in it (default: ${DEFAULT-VALUE}).")
    String approver = "forms";

    // The run

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "ID",
            description = "Only these areas or cases: DA,TK-14.")
    List<String> only = List.of();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "4",
            description = "Cases that act at once (default: ${DEFAULT-VALUE}).")
    int parallel = 4;

    @Option(
            names = "--trip-limits",
            description =
                    "Also the cases that run into rate limits; the server may lock this address out for a while.")
    boolean tripLimits;

    @Option(names = "--list", description = "List the cases and end.")
    boolean list;

    // Reports

    @Option(names = "--junit", paramLabel = "FILE", description = "A report as JUnit XML.")
    @Nullable Path junit;

    @Option(names = "--json", paramLabel = "FILE", description = "A report as JSON.")
    @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "A report to read and to show.")
    @Nullable Path html;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A file (YAML or .properties) with these options, without the dashes.")
    @Nullable Path config;
}
