package tandem.web;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Where a server listens, or is about to.
record ListenAddress(String host) {

    private static final int LOOK_MS = 500;

    /// Tries to listen. The library logs a failure to bind and returns as if all were well, so it
    /// is tried here first, where the reason can still be told.
    ///
    /// @throws CannotListen when the address cannot be bound
    void claim(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new CannotListen(host, port, e);
        }
    }

    /// Whether anybody takes connections there. The library gives its listener up after some faults
    /// of the system, and says so only in the log.
    boolean answers(int port) {
        try (var socket = new Socket()) {
            var named = InetAddress.getByName(host);
            var here = named.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : named;
            socket.connect(new InetSocketAddress(here, port), LOOK_MS);
            return true;
        } catch (ConnectException nobody) {
            return false;
        } catch (IOException busy) {
            return true;
        }
    }
}
