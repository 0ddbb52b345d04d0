package tandem.web;

import java.time.Duration;

/// How long a client may take over each part of a request. Each is counted from the part's begin,
/// so that a byte now and then gains no time.
///
/// @param head the request line and the headers together, from the first byte
/// @param body from the end of the headers, whether anybody wants the body or not
/// @param idle from an answer to the first byte of the next request
/// @param write taking what is written at once, which is a whole answer
/// @param linger sending on after a refusal
public record Deadlines(
        Duration head, Duration body, Duration idle, Duration write, Duration linger) {

    /// Well above what a slow line needs for a head of 16 KiB and a body of 64 KiB.
    public static final Deadlines STANDARD =
            new Deadlines(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(75),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(1));
}
