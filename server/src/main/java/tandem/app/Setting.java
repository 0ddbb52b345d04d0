package tandem.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Every key of the configuration: the one place its reader and its documentation come from.
enum Setting {
    ISSUER(
            "issuer",
            "none; required",
            "scheme, host and, where it is not the usual one, port",
            "The URL by which devices and browsers reach Tandem, and its name in every token. https,"
                    + " unless the host is this machine. No path, no slash at the end."),
    LISTEN(
            "listen",
            "127.0.0.1:8080",
            "host:port, port 0 to 65535 (0: any free one)",
            "Where Tandem listens. Without `tls` it speaks plain HTTP, so this is a loopback address,"
                    + " unless `trusted_proxies` names the proxy that speaks TLS to the world."),
    MANAGEMENT(
            "management",
            "127.0.0.1:9000",
            "host:port, port 0 to 65535 (0: any free one)",
            "Where health is asked for. Anybody who reaches it may ask."),
    DATABASE(
            "database",
            "sqlite:./data/tandem.db",
            "sqlite: and a path, or postgresql://user:password@host:5432/tandem",
            "Where everything is kept. SQLite's file is made at the first start; a PostgreSQL"
                    + " database is there already, empty at first, and may serve many nodes. Several"
                    + " hosts, with commas, are tried for the primary; `?sslmode=verify-full` and"
                    + " `sslrootcert`, `sslcert`, `sslkey` say how TLS is spoken."),
    TRUSTED_PROXIES(
            "trusted_proxies",
            "none",
            "a list of addresses and CIDR blocks, at most 1000; in the environment with commas",
            "The proxies whose `X-Forwarded-For` is believed. Anybody else's is ignored."),
    SECRET_KEY_FILE(
            "secret_key_file",
            "secret.key beside the database",
            "a path",
            "The key that seals what must be read back, such as signing keys. Made at the first"
                    + " start, readable by its owner only; the same on all nodes. Back it up apart"
                    + " from the database."),
    PROFILE(
            "profile",
            "rfc",
            "rfc or auth0",
            "How refusals look on the wire: to the letter of the RFCs, or with Auth0's statuses (and"
                    + " JSON bodies taken beside forms) for clients that were made for it."),
    TLS(
            "tls",
            "none",
            "{ certificate: a path, key: a path }",
            "Files in PEM: the certificate and those that vouch for it, and its key as PKCS #8 (RSA,"
                    + " EC or Ed25519). Then `listen` speaks TLS 1.2 and 1.3, on any address."
                    + " Replaced files count within ten seconds. Also `TANDEM_TLS_CERTIFICATE` and"
                    + " `TANDEM_TLS_KEY`."),
    LIMITS(
            "limits",
            "default",
            "default, off, or a map of limits",
            "How often an address may do what costs or reveals something. See below."),
    EVENTS_KEPT(
            "events_kept",
            "400d",
            "1d to 3650d",
            "How long events stay before they are forgotten. On PostgreSQL they go thirty days at a"
                    + " time, and so up to thirty days later."),
    PLACES(
            "places",
            "none",
            "nothing yet",
            "Reserved for a file of places in MaxMind's format; not available in this version.");

    static final String PREFIX = "TANDEM_";

    private final String key;
    private final String standard;
    private final String takes;
    private final String meaning;

    Setting(String key, String standard, String takes, String meaning) {
        this.key = key;
        this.standard = standard;
        this.takes = takes;
        this.meaning = meaning;
    }

    String key() {
        return key;
    }

    /// What holds when nobody says anything.
    String standard() {
        return standard;
    }

    String takes() {
        return takes;
    }

    String meaning() {
        return meaning;
    }

    /// Its name in the environment.
    String variable() {
        return PREFIX + key.toUpperCase(Locale.ROOT);
    }

    /// For a setting that may hold a password: the variable that names a file with the value.
    Optional<String> fileVariable() {
        return this == DATABASE ? Optional.of(variable() + "_FILE") : Optional.empty();
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(Setting::key).toList();
    }

    static Optional<Setting> of(String key) {
        return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
    }
}
