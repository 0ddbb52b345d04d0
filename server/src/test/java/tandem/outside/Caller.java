package tandem.outside;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// One connection that is kept open, and that asks one thing after the other. It does as little as
/// possible, so that the processor is the server's.
final class Caller implements AutoCloseable {
    private static final int PATIENCE_MS = 30_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

    private final Socket socket;
    private final InputStream in;

    Caller(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Posts a form of names and values in turn.
    String posts(String path, int status, String... form) {
        var body = new StringBuilder();
        for (int i = 0; i < form.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(form[i])
                    .append('=')
                    .append(URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
        }
        return asks(
                """
                POST %s HTTP/1.1\r
                Host: localhost\r
                Content-Type: application/x-www-form-urlencoded\r
                Content-Length: %d\r
                \r
                %s\
                """
                        .formatted(path, body.length(), body),
                status);
    }

    String gets(String path, int status, String bearer) {
        return asks(
                """
                GET %s HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                \r
                """
                        .formatted(path, bearer),
                status);
    }

    private String asks(String request, int status) {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var first = line();
            if (!first.startsWith("HTTP/1.1 " + status)) {
                throw new IllegalStateException("not " + status + " but " + first);
            }
            int length = 0;
            for (var line = line(); !line.isEmpty(); line = line()) {
                var told = LENGTH.matcher(line);
                length = told.matches() ? Integer.parseInt(told.group(1)) : length;
            }
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server has closed the connection");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
