package tandem.web;

/// What a client says first that speaks an old version of TLS and no newer one ([RFC 4346
/// §7.4.1.2](https://www.rfc-editor.org/rfc/rfc4346#section-7.4.1.2)).
final class OldGreeting {
    private static final int RANDOM = 32;

    private OldGreeting() {}

    /// One character for each byte.
    static String of(String version) {
        var wire = version.equals("TLSv1") ? "\3\1" : "\3\2";
        // No session, two suites every old server had, no compression.
        var hello = wire + "r".repeat(RANDOM) + "\0" + "\0\4\300\11\0\57" + "\1\0";
        return "\26"
                + "\3\1"
                + length(hello.length() + 4)
                + "\1\0"
                + length(hello.length())
                + hello;
    }

    private static String length(int bytes) {
        return "" + (char) (bytes >> 8) + (char) (bytes & 0xFF);
    }
}
