package tandem.web;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// A connection as the HTTP library sees it, but read and written through a [ConnectionGuard].
record GuardedContext(
        ConnectionContext of, ConnectionGuard guard, DataReader dataReader, DataWriter dataWriter)
        implements ConnectionContext {

    static GuardedContext of(ConnectionContext context, ConnectionGuard guard) {
        return new GuardedContext(
                context,
                guard,
                new StrictReader(guard),
                new GuardedWriter(context.dataWriter(), guard));
    }

    @Override
    public ListenerContext listenerContext() {
        return of.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return of.executor();
    }

    @Override
    public Router router() {
        return of.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return of.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return of.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return of.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return of.localPeer();
    }

    @Override
    public boolean isSecure() {
        return of.isSecure();
    }

    @Override
    public String socketId() {
        return of.socketId();
    }

    @Override
    public String childSocketId() {
        return of.childSocketId();
    }

    private record GuardedWriter(DataWriter to, ConnectionGuard guard) implements DataWriter {

        @Override
        public void write(BufferData... buffers) {
            guard.write(() -> to.write(buffers));
        }

        @Override
        public void write(BufferData buffer) {
            guard.write(() -> to.write(buffer));
        }

        @Override
        public void writeNow(BufferData... buffers) {
            guard.write(() -> to.writeNow(buffers));
        }

        @Override
        public void writeNow(BufferData buffer) {
            guard.write(() -> to.writeNow(buffer));
        }

        @Override
        public void flush() {
            guard.write(to::flush);
        }

        @Override
        public void close() {
            to.close();
        }
    }
}
