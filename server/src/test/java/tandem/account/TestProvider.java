package tandem.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tandem.model.Connection;
import tandem.oauth.Sealed;
import tandem.scenario.Tool;
import tandem.secret.Purpose;
import tandem.secret.SecretKeys;

/// An OpenID provider by others, the npm package `oidc-provider`, in a process of its own.
///
/// Needs Node.js and `npm ci` in `src/test/node`: skipped without them, unless `CI` is `true`.
final class TestProvider implements AutoCloseable {
    static final String CLIENT_ID = "tandem";
    static final String CLIENT_SECRET = "100% secret: + & more";

    private final Process process;
    private final String issuer;

    private TestProvider(Process process, String issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    /// Starts it.
    ///
    /// @param redirectUri where it may send browsers back to
    static TestProvider start(String redirectUri) throws IOException {
        var node = Tool.needed("node");
        var process =
                new ProcessBuilder(node.toString(), "oidc-provider.mjs", redirectUri)
                        .directory(Tool.nodeFolder().toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return new TestProvider(process, issuer(process));
    }

    String issuer() {
        return issuer;
    }

    /// Tandem's registration there.
    Connection connection(String name, SecretKeys keys) {
        return connection(name, issuer, keys);
    }

    static Connection connection(String name, String issuer, SecretKeys keys) {
        Sealed secret = keys.seal(Purpose.PROVIDER, CLIENT_SECRET);
        return new Connection(
                name,
                Connection.Strategy.OIDC,
                "Acme " + name,
                Optional.of(new Connection.Provider(issuer, CLIENT_ID, secret)));
    }

    /// Ends it, and waits until it has.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The rest of its output is read on, so that it never waits for a reader.
    private static String issuer(Process process) throws IOException {
        var output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("issuer ")) {
                Thread.ofVirtual().start(() -> drain(output));
                return line.substring("issuer ".length());
            }
        }
        throw new IllegalStateException("the provider ended before it listened");
    }

    private static void drain(BufferedReader output) {
        try (output) {
            while (output.readLine() != null) {
                // Nothing in it is of interest.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
