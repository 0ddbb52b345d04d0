package tandem.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/// The system's resolver, which is never asked for the name of an address.
///
/// The HTTP library asks for it at the begin of every TLS connection. The answer comes from a name
/// server of the client's choice, as late as that likes, and a virtual thread that waits for it
/// holds its carrier: a handful of clients could stop the server. Nothing here wants such names.
public final class NoNamesOfAddresses extends InetAddressResolverProvider {

    private static volatile boolean inPlace;

    /// Whether the JDK found it, which takes a line in a file of the jar that nothing else misses.
    static boolean inPlace() {
        var _ = InetAddress.ofLiteral("127.0.0.1").getHostName();
        return inPlace;
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        inPlace = true;
        var system = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
                    throws UnknownHostException {
                return system.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                throw new UnknownHostException("names of addresses are not asked for");
            }
        };
    }

    @Override
    public String name() {
        return "forward only";
    }
}
