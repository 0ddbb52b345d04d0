package tandem.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A connection to the server that shows what comes back byte by byte.
final class Wire implements AutoCloseable {
    /// An answer that takes longer is none.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int HEAD_MAX = 32 * 1024;
    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.[01] (?<status>[1-5]\\d\\d) [ -~]*\r\n");
    private static final Pattern LENGTH =
            Pattern.compile("(?i)\r\ncontent-length: *(\\d{1,9})\r\n");

    private final int port;
    private Optional<Socket> open = Optional.empty();

    Wire(int port) {
        this.port = port;
    }

    /// What came back.
    ///
    /// @param head with the status line, as Latin-1
    /// @param body as UTF-8
    record Reply(int status, String head, String body) {

        String type() {
            int at = head.toLowerCase(Locale.ROOT).indexOf("\r\ncontent-type:");
            return at < 0 ? "" : head.substring(at + 15, head.indexOf("\r\n", at + 2)).strip();
        }
    }

    /// Sends one request over the connection that is open, if the server has left it open.
    Reply ask(byte[] request, boolean head) throws IOException {
        boolean kept = open.isPresent();
        var reply = tried(request, head);
        if (reply.isEmpty() && kept) {
            reply = tried(request, head);
        }
        return reply.orElseThrow(() -> new AssertionError("the server gave no answer"));
    }

    private Optional<Reply> tried(byte[] request, boolean head) throws IOException {
        try {
            var socket = open.isPresent() ? open.get() : connect();
            socket.getOutputStream().write(request);
            var reply = read(socket.getInputStream(), head);
            if (reply.isEmpty()
                    || reply.get()
                            .head
                            .toLowerCase(Locale.ROOT)
                            .contains("\r\nconnection: close\r\n")) {
                close();
            }
            return reply;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer within " + PATIENCE, e);
        } catch (IOException e) {
            close();
            return Optional.empty();
        }
    }

    /// Sends bytes over a connection of their own, says that no more will come, and reads what the
    /// server says until it closes.
    byte[] pour(byte[] bytes) throws IOException {
        try (var socket = connected()) {
            var out = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                socket.getInputStream().transferTo(out);
            } catch (SocketTimeoutException e) {
                throw new AssertionError("not closed within " + PATIENCE, e);
            } catch (IOException e) {
                // Reset, since the server did not read all of it: what it said may be lost.
                return out.toByteArray();
            }
            return out.toByteArray();
        }
    }

    private Socket connect() throws IOException {
        var socket = connected();
        open = Optional.of(socket);
        return socket;
    }

    private Socket connected() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /// Empty when the connection ends first.
    private static Optional<Reply> read(InputStream in, boolean headOnly) throws IOException {
        var head = new ByteArrayOutputStream();
        int tail = 0;
        while (tail != 0x0d0a0d0a) {
            int next = in.read();
            if (next < 0 && head.size() == 0) {
                return Optional.empty();
            }
            if (next < 0 || head.size() > HEAD_MAX) {
                throw new AssertionError(
                        "no whole head: " + head.toString(StandardCharsets.ISO_8859_1));
            }
            head.write(next);
            tail = tail << 8 | next;
        }
        var text = head.toString(StandardCharsets.ISO_8859_1);
        int status = status(text);
        var length = LENGTH.matcher(text);
        boolean none = headOnly || status == 204 || status == 304;
        if (none) {
            return Optional.of(new Reply(status, text, ""));
        }
        if (!length.find()) {
            throw new AssertionError("an answer that does not say how long it is: " + text);
        }
        int wanted = Integer.parseInt(length.group(1));
        var body = in.readNBytes(wanted);
        if (body.length < wanted) {
            throw new AssertionError("an answer that ends early: " + text);
        }
        return Optional.of(new Reply(status, text, new String(body, StandardCharsets.UTF_8)));
    }

    static int status(String head) {
        var line = STATUS_LINE.matcher(head);
        if (!line.lookingAt()) {
            throw new AssertionError("no status line: " + head.lines().findFirst().orElse(""));
        }
        return Integer.parseInt(line.group("status"));
    }

    /// The answers within what was read until the end, each from its status line on.
    static java.util.List<String> split(byte[] read) {
        var text = new String(read, StandardCharsets.ISO_8859_1);
        return text.isEmpty()
                ? java.util.List.of()
                : Arrays.asList(text.split("(?<!^)(?=HTTP/1\\.[01] \\d)", -1));
    }

    @Override
    public void close() {
        open.ifPresent(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        open = Optional.empty();
    }
}
