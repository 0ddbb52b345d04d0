package tandem.web;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// Bytes that somebody sends, and what a correct server makes of them.
///
/// @param bytes one character for each
/// @param statuses that the answer may have; 0 for the end of the connection without any
record AbuseCase(String id, String what, String bytes, Set<Integer> statuses, After after) {

    /// What becomes of the connection after the answer.
    enum After {
        CLOSED,
        IN_STEP,
        EITHER
    }

    static final String HOST = "Host: localhost\r\n";
    static final String FORM =
            "POST /form HTTP/1.1\r\n"
                    + HOST
                    + "Content-Type: application/x-www-form-urlencoded\r\n";
    static final String CHUNKED = FORM + "Transfer-Encoding: chunked\r\n\r\n";

    /// A request that only a server out of step sees.
    static final String SMUGGLED = get("/smuggled");

    static AbuseCase closed(String id, String what, String bytes, int... statuses) {
        return of(id, what, bytes, After.CLOSED, statuses);
    }

    static AbuseCase inStep(String id, String what, String bytes, int... statuses) {
        return of(id, what, bytes, After.IN_STEP, statuses);
    }

    static AbuseCase either(String id, String what, String bytes, int... statuses) {
        return of(id, what, bytes, After.EITHER, statuses);
    }

    private static AbuseCase of(
            String id, String what, String bytes, After after, int... statuses) {
        var allowed = Arrays.stream(statuses).boxed().collect(Collectors.toSet());
        return new AbuseCase(id, what, bytes, allowed, after);
    }

    static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n";
    }

    static String withHeader(String line) {
        return "GET /ok HTTP/1.1\r\n" + HOST + line + "\r\n\r\n";
    }

    String method() {
        return bytes.startsWith("HEAD ") ? "HEAD" : "GET";
    }

    @Override
    public String toString() {
        return id + " " + what.replace("\r\n", ", ");
    }
}
