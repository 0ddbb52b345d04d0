package tandem.web;

import io.helidon.common.tls.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The two files a listener's certificate and key come from, looked at again and again.
///
/// Who renews a certificate replaces two files, one after the other, and restarts nothing. So a
/// pair counts only once both fit each other; until then, and if they never do, the one before goes
/// on. Connections keep what they began with.
public final class TlsFiles {

    /// Weaker versions are refused ([RFC 8996](https://www.rfc-editor.org/rfc/rfc8996)).
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private static final Duration WARN_BEFORE = Duration.ofDays(14);
    private static final Duration WARN_EVERY = Duration.ofDays(1);
    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

    private final Path certificate;
    private final Path key;
    private final InstantSource clock;
    private final LatestContext context;

    // These belong to whoever looks: one thread.
    private TlsIdentity identity;
    private TlsIdentity.Pem seen;
    private String told = "";
    private Instant warned = Instant.MIN;

    private TlsFiles(
            Path certificate,
            Path key,
            InstantSource clock,
            TlsIdentity.Pem pem,
            TlsIdentity identity) {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
        this.seen = pem;
        this.identity = identity;
        this.context = LatestContext.of(identity.context());
    }

    /// Reads both files for the first time.
    public static TlsFiles open(Path certificate, Path key, InstantSource clock)
            throws TlsIdentity.Unfit {
        var pem = TlsIdentity.Pem.read(certificate, key);
        var files =
                new TlsFiles(certificate, key, clock, pem, TlsIdentity.of(pem, clock.instant()));
        LOG.info("TLS until {}", files.lastDay());
        files.warn();
        return files;
    }

    /// Takes a new pair, if there is one; tells of a broken one once.
    public synchronized void look() {
        try {
            var pem = TlsIdentity.Pem.read(certificate, key);
            if (!pem.equals(seen)) {
                seen = pem;
                identity = TlsIdentity.of(pem, clock.instant());
                context.use(identity.context());
                LOG.info("a new certificate is in use: TLS until {}", lastDay());
                warned = Instant.MIN;
            }
            told = "";
        } catch (TlsIdentity.Unfit unfit) {
            tell((unfit.aboutKey() ? "tls.key " : "tls.certificate ") + unfit.getMessage());
        }
        warn();
    }

    private void tell(String what) {
        if (!what.equals(told)) {
            told = what;
            LOG.warn("the new certificate is not used, the one before stays: {}", what);
        }
    }

    private void warn() {
        var now = clock.instant();
        if (now.isAfter(identity.until().minus(WARN_BEFORE))
                && (warned.equals(Instant.MIN) || !now.isBefore(warned.plus(WARN_EVERY)))) {
            warned = now;
            LOG.warn("the certificate ends on {}; renew it", lastDay());
        }
    }

    private LocalDate lastDay() {
        return LocalDate.ofInstant(identity.until(), ZoneOffset.UTC);
    }

    Tls tls() {
        if (!NoNamesOfAddresses.inPlace()) {
            throw new IllegalStateException("the resolver of this build is not in place");
        }
        return Tls.builder().sslContext(context).enabledProtocols(PROTOCOLS).build();
    }
}
