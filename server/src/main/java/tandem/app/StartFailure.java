package tandem.app;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import tandem.secret.WrongSecretKey;
import tandem.store.StoreUnavailable;
import tandem.web.CannotListen;

/// Says of a failed start, in one line, what is wrong and what to do.
final class StartFailure {

    private static final int CAUSES_MAX = 20;

    private StartFailure() {}

    static String explain(Throwable fault, Config config) {
        return Printable.of(
                chain(fault)
                        .flatMap(cause -> known(cause, config).stream())
                        .findFirst()
                        .orElseGet(() -> unforeseen(fault)));
    }

    private static Stream<Throwable> chain(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause).limit(CAUSES_MAX);
    }

    private static Optional<String> known(Throwable cause, Config config) {
        return switch (cause) {
            case CannotStart told -> Optional.of(message(told));
            case WrongSecretKey wrong ->
                    Optional.of(
                            "secret_key_file " + config.secretKeyFile() + ": " + message(wrong));
            case CannotListen listener -> Optional.of(listener(listener, config));
            case SQLException database -> Optional.of(database(database, config));
            case FileSystemException file -> Optional.of(file(file));
            case StoreUnavailable store when store.getCause() == null ->
                    Optional.of(config.database().url() + ": " + message(store));
            // Those of the secret key file say what to do.
            case IOException file when cause.getCause() == null && file.getMessage() != null ->
                    Optional.of(message(file));
            default -> Optional.empty();
        };
    }

    private static String listener(CannotListen fault, Config config) {
        var address = new HostAndPort(fault.host(), fault.port());
        var key = address.equals(config.management()) ? Setting.MANAGEMENT : Setting.LISTEN;
        var at = key.key() + " " + address + ": ";
        var reason = String.valueOf(fault.reason().getMessage());
        if (fault.reason() instanceof UnknownHostException) {
            return at + "nobody knows this name; listen on an address, such as 127.0.0.1:8080";
        }
        if (reason.contains("in use")) {
            return at + "another program listens there already; stop it, or choose another port";
        }
        if (reason.contains("ermission denied")) {
            return at + "this user may not listen there; choose a port from 1024 on";
        }
        if (reason.contains("assign requested address")) {
            return at + "this machine has no such address; listen on one of its own, or on 0.0.0.0";
        }
        return at + reason;
    }

    /// By SQLite's primary result codes
    /// ([sqlite.org/rescode](https://www.sqlite.org/rescode.html)).
    private static String database(SQLException fault, Config config) {
        return config.database().url()
                + ": "
                + switch (fault.getErrorCode() & 0xFF) {
                    case 5, 6 -> "another program holds it locked; is Tandem running already?";
                    case 8 -> "may not be written; give its file and folder to the server's user";
                    case 10 -> "its disk failed to read or write; look at the system's log";
                    case 11 -> "is damaged; restore the last backup";
                    case 13 -> "its disk is full; make room";
                    case 14 -> "cannot be opened; give its folder to the server's user";
                    case 26 -> "is not an SQLite database; name another file";
                    default -> message(fault);
                };
    }

    private static String file(FileSystemException fault) {
        if (fault instanceof AccessDeniedException) {
            return fault.getFile() + ": permission denied; give it to the server's user";
        }
        var reason =
                Optional.ofNullable(fault.getReason())
                        .orElseGet(() -> fault.getClass().getSimpleName());
        return fault.getFile() + ": " + reason;
    }

    private static String unforeseen(Throwable fault) {
        return "unexpected "
                + fault.getClass().getSimpleName()
                + (fault.getMessage() == null ? "" : ": " + message(fault))
                + because(fault)
                + "; --debug shows where";
    }

    /// The first line of the innermost reason.
    private static String because(Throwable fault) {
        return chain(fault)
                .skip(1)
                .reduce((outer, inner) -> inner)
                .map(cause -> " (" + message(cause).lines().findFirst().orElse("") + ")")
                .orElse("");
    }

    private static String message(Throwable fault) {
        return String.valueOf(fault.getMessage());
    }
}
