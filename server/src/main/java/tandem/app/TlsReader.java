package tandem.app;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tandem.manage.Nearest;
import tandem.web.TlsIdentity;

/// Reads `tls`: two files that make one identity, or nothing.
final class TlsReader {

    static final String CERTIFICATE = "certificate";
    static final String KEY = "key";
    private static final List<String> PARTS = List.of(CERTIFICATE, KEY);

    private final Mistakes mistakes;
    private final Environment environment;
    private final InstantSource clock;

    TlsReader(Mistakes mistakes, Environment environment, InstantSource clock) {
        this.mistakes = mistakes;
        this.environment = environment;
        this.clock = clock;
    }

    /// @param given the map, from the file or the environment
    /// @param secureIssuer what a certificate is for
    Optional<Config.Tls> read(Optional<Given> given, boolean secureIssuer) {
        given.ifPresent(this::findUnknown);
        var certificate = part(given, CERTIFICATE);
        var key = part(given, KEY);
        if (certificate.isEmpty() && key.isEmpty()) {
            given.filter(one -> one.value().isObject())
                    .ifPresent(one -> mistakes.add(one, "names neither certificate nor key"));
            return Optional.empty();
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            var alone = certificate.or(() -> key).orElseThrow();
            mistakes.add(
                    alone,
                    "is nothing alone; name tls."
                            + (key.isEmpty() ? KEY : CERTIFICATE)
                            + " as well");
            return Optional.empty();
        }
        var certificateFile = mistakes.scalar(certificate.get(), TlsReader::file);
        var keyFile = mistakes.scalar(key.get(), TlsReader::file);
        if (certificateFile.isEmpty() || keyFile.isEmpty()) {
            return Optional.empty();
        }
        if (!secureIssuer) {
            mistakes.add(certificate.get(), "needs an issuer that begins with https://");
            return Optional.empty();
        }
        try {
            TlsIdentity.read(certificateFile.get(), keyFile.get(), clock.instant());
        } catch (TlsIdentity.Unfit unfit) {
            mistakes.add(
                    unfit.aboutKey() ? key.get() : certificate.get(),
                    String.valueOf(unfit.getMessage()));
            return Optional.empty();
        }
        return Optional.of(new Config.Tls(certificateFile.get(), keyFile.get()));
    }

    private void findUnknown(Given given) {
        if (!given.value().isObject()) {
            mistakes.add(given, "is no map, such as {certificate: cert.pem, key: key.pem}");
            return;
        }
        for (var name : given.value().propertyNames()) {
            if (!PARTS.contains(name)) {
                mistakes.add(given.at(name), "is no part of tls" + Nearest.question(name, PARTS));
            }
        }
    }

    private Optional<Given> part(Optional<Given> given, String name) {
        return environment
                .givenOfTls(name)
                .or(() -> given.map(one -> one.at(name)))
                .filter(one -> !one.value().isMissingNode() && !one.value().isNull());
    }

    private static Parsed<Path> file(String text) {
        return text.isBlank() ? Parsed.bad("names no file") : Database.file(text);
    }
}
