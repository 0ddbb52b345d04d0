package tandem.page;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The person's own page: linked devices, and where they are signed in.
///
/// @param devices newest first
/// @param notice what came of the last action
public record Devices(
        Person person,
        List<LinkedDevice> devices,
        List<OpenSession> sessions,
        Optional<Notice> notice,
        String csrf)
        implements Page {

    public Devices {
        devices = List.copyOf(devices);
        sessions = List.copyOf(sessions);
    }

    /// One linked device.
    ///
    /// @param tokensOutlive how long an access token given out may outlive the unlinking
    /// @param replayed true when one of its tokens came back that had been used before
    public record LinkedDevice(
            String id,
            App app,
            String name,
            Seen first,
            Seen last,
            Duration tokensOutlive,
            boolean replayed) {}

    /// When and from where a device was heard.
    public record Seen(Duration ago, String address, Optional<String> place) {}

    /// A browser that is signed in.
    ///
    /// @param browser in words, such as "Firefox on Linux"; empty when it did not say
    /// @param current true for the browser that looks at this page
    public record OpenSession(
            String id, Optional<String> browser, boolean current, Duration usedAgo) {}

    /// What came of the last action.
    public sealed interface Notice {
        /// The device is no longer linked.
        ///
        /// @param tokensOutlive how long an access token already given out may still live
        record Unlinked(String name, Duration tokensOutlive) implements Notice {}

        record Renamed(String name) implements Notice {}

        /// The new name was not taken.
        ///
        /// @param lengthMax the longest name there may be
        record NameRefused(int lengthMax) implements Notice {}

        record SessionEnded() implements Notice {}

        default Message message() {
            return switch (this) {
                case Unlinked(String name, Duration outlive) when outlive.isPositive() ->
                        Message.of("devices.unlinked.later", name, Elapsed.span(outlive));
                case Unlinked(String name, Duration _) -> Message.of("devices.unlinked", name);
                case Renamed(String name) -> Message.of("devices.renamed", name);
                case NameRefused(int lengthMax) -> Message.of("devices.name-refused", lengthMax);
                case SessionEnded() -> Message.of("devices.session-ended");
            };
        }

        default boolean refusal() {
            return this instanceof NameRefused;
        }
    }
}
