package tandem.conformance.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A bare connection: for requests that no client would send.
public final class RawConnection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BODY_MAX = 1 << 20;
    private static final int LINE_MAX = 1 << 16;

    private final URI uri;
    private final Socket socket;
    private final InputStream in;

    private RawConnection(URI uri, Socket socket) throws IOException {
        this.uri = uri;
        this.socket = socket;
        socket.setSoTimeout((int) PATIENCE.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// To where the address points, over TLS where it says https.
    public static RawConnection to(URI uri, SSLContext trust) {
        var tls = "https".equals(uri.getScheme());
        var port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
        try {
            var socket = new Socket();
            socket.connect(new InetSocketAddress(uri.getHost(), port), (int) PATIENCE.toMillis());
            if (!tls) {
                return new RawConnection(uri, socket);
            }
            var secure =
                    (SSLSocket)
                            trust.getSocketFactory()
                                    .createSocket(socket, uri.getHost(), port, true);
            secure.startHandshake();
            return new RawConnection(uri, secure);
        } catch (IOException e) {
            throw new Unmet(
                    "a connection to " + uri.getAuthority(), String.valueOf(e.getMessage()));
        }
    }

    /// Sends text as its bytes; a server that has closed already is no fault.
    public RawConnection sends(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // The answer may have come before all was sent.
            return this;
        }
        return this;
    }

    /// The next answer; empty where the server closed, or stays silent.
    public Optional<Answer> answer(String told) {
        long begin = System.nanoTime();
        try {
            var line = line();
            if (line.isEmpty() || !line.get().startsWith("HTTP/")) {
                return Optional.empty();
            }
            int status = Integer.parseInt(line.get().split(" ", 3)[1]);
            var headers = headers();
            var body = status == 100 ? "" : body(headers);
            var request =
                    new Request(
                            "RAW",
                            uri,
                            List.of(),
                            told.length() > 600 ? told.substring(0, 600) + "…" : told);
            return Optional.of(
                    new Answer(
                            request,
                            status,
                            headers,
                            body,
                            Duration.ofNanos(System.nanoTime() - begin)));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Whether the server ends the connection within this time; what it still says is passed over.
    public boolean closesWithin(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try {
            while (System.nanoTime() < end) {
                socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
                if (in.read() < 0) {
                    return true;
                }
            }
            return false;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private Optional<String> line() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || bytes.size() > LINE_MAX) {
                return Optional.empty();
            }
            bytes.write(b);
        }
        return Optional.of(bytes.toString(StandardCharsets.ISO_8859_1).stripTrailing());
    }

    private Map<String, List<String>> headers() throws IOException {
        var headers = new LinkedHashMap<String, List<String>>();
        for (var line = line(); line.isPresent() && !line.get().isEmpty(); line = line()) {
            var parts = line.get().split(":", 2);
            if (parts.length == 2) {
                headers.computeIfAbsent(
                                parts[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(parts[1].strip());
            }
        }
        return headers;
    }

    private String body(Map<String, List<String>> headers) throws IOException {
        var length = Optional.ofNullable(headers.get("content-length")).map(List::getFirst);
        if (length.isPresent()) {
            return text(in.readNBytes(Math.min(BODY_MAX, Integer.parseInt(length.get()))));
        }
        if (!headers.containsKey("transfer-encoding")) {
            return "";
        }
        var body = new ByteArrayOutputStream();
        for (var size = line(); size.isPresent(); size = line()) {
            int n = Integer.parseInt(size.get().split(";", 2)[0].strip(), 16);
            body.writeBytes(in.readNBytes(Math.min(BODY_MAX, n)));
            line();
            if (n == 0) {
                break;
            }
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("could not close", e);
        }
    }
}
