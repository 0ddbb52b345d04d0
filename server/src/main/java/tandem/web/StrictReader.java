package tandem.web;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.Bytes;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import tandem.web.ConnectionGuard.Phase;

/// The HTTP library's reader with the checks of RFC 9112 that the library leaves out. It sees only
/// how the library reads, not what; which method reads what is said at each.
///
/// Whatever is refused here ends the connection: a server that reads on behind a chunk it did not
/// understand takes the rest of the body for the next request ([RFC 9112
/// §11.2](https://www.rfc-editor.org/rfc/rfc9112#section-11.2)).
final class StrictReader extends DataReader {

    static final Status HEAD_TOO_LARGE = Status.create(431, "Request Header Fields Too Large");

    private static final int METHOD_MAX = 20;
    private static final int CHUNK_LINE_MAX = 256;

    /// Enough for every body that is taken, and no number can overflow.
    private static final int CHUNK_DIGITS_MAX = 7;

    private static final int NEW_LINE = 2;

    private final ConnectionGuard guard;
    private boolean lastChunk;

    /// The constructor is deprecated in favour of a factory method, which gives no subclass: see
    /// `docs/adr/0007`.
    @SuppressWarnings("removal")
    StrictReader(ConnectionGuard guard) {
        super(guard::read);
        this.guard = guard;
    }

    /// Reads the request line, and the value of each header.
    @Override
    public int findNewLine(int max) {
        if (guard.phase() == Phase.HEADERS) {
            if (max <= 0) {
                throw refusal(HEAD_TOO_LARGE, "head too large");
            }
            return within(super.findNewLine(max), max);
        }
        if (guard.phase() == Phase.BODY) {
            beginNext();
        }
        int end = super.findNewLine(max);
        if (end < max) {
            checkMethod();
        }
        return end;
    }

    /// Whoever looks for a request line is done with the request before.
    private void beginNext() {
        if (guard.closing()) {
            throw new CloseConnectionException("the last answer is given");
        }
        lastChunk = false;
        guard.enter(available() > 0 ? Phase.LINE : Phase.IDLE);
    }

    /// Reads the name of each header.
    @Override
    public int findOrNewLine(byte wanted, int max) {
        int found = within(super.findOrNewLine(wanted, max), max);
        if (found == 0) {
            throw refusal(Status.BAD_REQUEST_400, "empty header name");
        }
        return found;
    }

    private int within(int found, int max) {
        if (found == max) {
            throw refusal(HEAD_TOO_LARGE, "head too large");
        }
        return found;
    }

    /// The library takes `get` for `GET` and fails on a method that is no token; all methods there
    /// are consist of capitals ([RFC 9110
    /// §16.1.1](https://www.rfc-editor.org/rfc/rfc9110#section-16.1.1)).
    private void checkMethod() {
        int length = super.findOrNewLine(Bytes.SPACE_BYTE, METHOD_MAX);
        boolean word = length > 0 && length < METHOD_MAX;
        if (word) {
            var method = getBuffer(length);
            for (int i = 0; i < length; i++) {
                int letter = method.get(i);
                word &= letter >= 'A' && letter <= 'Z';
            }
        }
        if (!word) {
            throw refusal(Status.BAD_REQUEST_400, "method");
        }
    }

    /// Reads the size of each chunk, and the line behind the last one, where a trailer would be: no
    /// client of ours sends any. [RFC 9112
    /// §7.1](https://www.rfc-editor.org/rfc/rfc9112#section-7.1)
    @Override
    public String readLine() {
        var line = chunkLine();
        if (lastChunk) {
            if (!line.isEmpty()) {
                throw refusal(Status.BAD_REQUEST_400, "trailer");
            }
            return line;
        }
        var size = chunkSize(line);
        lastChunk = size.chars().allMatch(digit -> digit == '0');
        return size;
    }

    private String chunkLine() {
        int end;
        try {
            end = super.findNewLine(CHUNK_LINE_MAX);
        } catch (IncorrectNewLineException e) {
            throw refusal(Status.BAD_REQUEST_400, "chunk line");
        }
        if (end == CHUNK_LINE_MAX) {
            throw refusal(Status.BAD_REQUEST_400, "chunk line");
        }
        var line = end == 0 ? "" : readAsciiString(end);
        skip(NEW_LINE);
        return line;
    }

    /// The digits before an extension. Extensions mean nothing to us; one with a quote is refused
    /// because programs differ over where it ends.
    private String chunkSize(String line) {
        int semicolon = line.indexOf(';');
        var size = semicolon < 0 ? line : line.substring(0, semicolon).stripTrailing();
        boolean hex =
                !size.isEmpty()
                        && size.length() <= CHUNK_DIGITS_MAX
                        && size.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
        boolean plain = line.chars().allMatch(c -> c >= ' ' && c < 127 && c != '"');
        if (!hex || !plain) {
            throw refusal(Status.BAD_REQUEST_400, "chunk size");
        }
        return size;
    }

    @Override
    public BufferData readBuffer(int length) {
        var data = getBuffer(length);
        super.skip(length);
        return data;
    }

    /// The library skips two bytes unseen wherever CRLF must stand: after a line and after a chunk.
    @Override
    public void skip(int count) {
        if (count != NEW_LINE) {
            super.skip(count);
        } else if (read() != Bytes.CR_BYTE || read() != Bytes.LF_BYTE) {
            throw refusal(Status.BAD_REQUEST_400, "CRLF expected");
        }
    }

    private RequestException refusal(Status status, String why) {
        guard.refuse();
        return refused(status, why);
    }

    /// What the library answers with this status, and then closes.
    static RequestException refused(Status status, String why) {
        return RequestException.builder()
                .type(EventType.BAD_REQUEST)
                .status(status)
                .setKeepAlive(false)
                .message(why)
                .build();
    }
}
