package tandem.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// One connection to a server, on which a test sends the very bytes it means to. Whoever waits on
/// it in vain gets a [SocketTimeoutException].
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MS = 15_000;
    private static final int SMALL_WINDOW = 4096;

    private final Socket socket;

    /// One answer, interim ones left out.
    record Answer(int status, String head, String body) {
        Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    static RawConnection to(int port) throws IOException {
        return to(port, new Socket());
    }

    /// One that can take little before somebody reads.
    static RawConnection narrow(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(SMALL_WINDOW);
        return to(port, socket);
    }

    private static RawConnection to(int port, Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawConnection(socket);
    }

    /// One behind a handshake.
    static RawConnection secure(int port, SSLContext trusted) throws IOException {
        return to(port, trusted.getSocketFactory().createSocket());
    }

    void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Sends as far as the server takes it: one that refuses may close before all is sent.
    ///
    /// @return whether all was sent
    boolean offer(String bytes) {
        try {
            send(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Says that nothing more will be sent.
    void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // The server was first.
        }
    }

    /// Goes away without a farewell.
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /// The next answer; empty when the connection ends instead.
    ///
    /// @param method a HEAD's answer has no body, whatever its length says
    Optional<Answer> answer(String method) throws IOException {
        var head = head();
        while (head.startsWith("HTTP/1.1 1")) {
            head = head();
        }
        if (head.isEmpty()) {
            return Optional.empty();
        }
        var bare = new Answer(Integer.parseInt(head.substring(9, 12)), head, "");
        int length =
                method.equals("HEAD")
                        ? 0
                        : bare.header("content-length").map(Integer::parseInt).orElse(0);
        var body = new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
        return Optional.of(new Answer(bare.status, head, body));
    }

    Optional<Answer> answer() throws IOException {
        return answer("GET");
    }

    /// The next bytes, as they come.
    byte[] bytes(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    /// All answers until the connection ends.
    List<Answer> rest() throws IOException {
        var answers = new ArrayList<Answer>();
        for (var next = answer(); next.isPresent(); next = answer()) {
            answers.add(next.get());
        }
        return answers;
    }

    /// The next head, interim ones too, up to and with its empty line; empty when the connection
    /// ends before.
    String head() throws IOException {
        var head = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return "";
                }
                head.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return ""; // a reset is an end too
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
