package tandem.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/// Where a PostgreSQL is and who asks: `postgresql://user:password@host:5432/tandem`.
///
/// Several hosts, separated by commas, are tried for the one that is primary. Options after a
/// question mark say how TLS is spoken: `sslmode`, `sslrootcert`, `sslcert`, `sslkey`, in libpq's
/// words. [PostgreSQL
/// §34.1.1.2](https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS)
public record PostgresqlAddress(
        List<String> hosts,
        List<Integer> ports,
        String database,
        String user,
        String password,
        Map<String, String> options) {

    public static final String EXAMPLE = "postgresql://user:password@host:5432/tandem";

    private static final int STANDARD_PORT = 5432;
    private static final int PORT_MAX = 65_535;
    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final Set<String> OPTIONS =
            Set.of("sslmode", "sslrootcert", "sslcert", "sslkey");

    /// Not an address; the message says why, and repeats nothing that may be secret.
    public static final class Malformed extends Exception {
        private Malformed(String message) {
            super(message + "; write it like " + EXAMPLE);
        }
    }

    public static boolean claims(String text) {
        return text.startsWith("postgresql:") || text.startsWith("postgres:");
    }

    public static PostgresqlAddress parse(String text) throws Malformed {
        int slashes = text.indexOf("://");
        if (!claims(text) || slashes != text.indexOf(':')) {
            throw new Malformed("is not postgresql:// and an address");
        }
        var rest = text.substring(slashes + 3);
        int question = rest.indexOf('?');
        var options = options(question < 0 ? "" : rest.substring(question + 1));
        rest = question < 0 ? rest : rest.substring(0, question);
        int path = rest.indexOf('/');
        if (path < 0 || path == rest.length() - 1 || rest.indexOf('/', path + 1) >= 0) {
            throw new Malformed("names no database after the host");
        }
        var authority = rest.substring(0, path);
        int at = authority.lastIndexOf('@');
        if (at <= 0) {
            throw new Malformed("names no user");
        }
        var login = authority.substring(0, at).split(":", 2);
        var hosts = new ArrayList<String>();
        var ports = new ArrayList<Integer>();
        for (var host : authority.substring(at + 1).split(",", -1)) {
            add(host, hosts, ports);
        }
        return new PostgresqlAddress(
                List.copyOf(hosts),
                List.copyOf(ports),
                decoded(rest.substring(path + 1)),
                decoded(login[0]),
                login.length == 2 ? decoded(login[1]) : "",
                options);
    }

    private static void add(String text, List<String> hosts, List<Integer> ports) throws Malformed {
        int colon = text.lastIndexOf(':');
        boolean port = colon > text.lastIndexOf(']');
        var host = port ? text.substring(0, colon) : text;
        if (host.isEmpty()) {
            throw new Malformed("names no host");
        }
        hosts.add(host);
        ports.add(port ? port(text.substring(colon + 1)) : STANDARD_PORT);
    }

    private static int port(String text) throws Malformed {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new Malformed("has a port that is no number from 1 to " + PORT_MAX);
    }

    private static Map<String, String> options(String text) throws Malformed {
        var options = new LinkedHashMap<String, String>();
        for (var option : text.isEmpty() ? new String[0] : text.split("&")) {
            var pair = option.split("=", 2);
            if (!OPTIONS.contains(pair[0]) || pair.length == 1) {
                throw new Malformed(
                        "takes only these options: sslmode, sslrootcert, sslcert, sslkey");
            }
            options.put(pair[0], decoded(pair[1]));
        }
        if (!SSL_MODES.contains(options.getOrDefault("sslmode", "prefer"))) {
            throw new Malformed("has an sslmode that is none of libpq's");
        }
        return Map.copyOf(options);
    }

    /// A plus is a plus here, unlike in a form.
    private static String decoded(String text) throws Malformed {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Malformed("has a % that is followed by no two hexadecimal digits");
        }
    }

    void fill(PGSimpleDataSource source) {
        source.setServerNames(hosts.toArray(String[]::new));
        source.setPortNumbers(ports.stream().mapToInt(Integer::intValue).toArray());
        source.setDatabaseName(database);
        source.setUser(user);
        source.setPassword(password);
        source.setSslMode(options.getOrDefault("sslmode", "prefer"));
        source.setSslRootCert(options.get("sslrootcert"));
        source.setSslCert(options.get("sslcert"));
        source.setSslKey(options.get("sslkey"));
    }

    /// Without the password.
    @Override
    public String toString() {
        return "postgresql://" + user + "@" + String.join(",", hosts) + "/" + database;
    }
}
