package tandem.page;

import java.time.Duration;
import java.util.Optional;

/// What is known of a device's request, against phishing.
///
/// @param age since the device asked
/// @param address from which it asked
/// @param agent its software in words, such as "Firefox on Linux"
/// @param deviceName what the device says of itself; nobody has checked it
/// @param old true when it is older than people usually take
public record RequestFacts(
        Duration age,
        String address,
        Optional<String> place,
        Optional<String> agent,
        Network network,
        Optional<String> deviceName,
        Optional<String> deviceModel,
        boolean old) {

    /// The device's network, as seen from this browser's.
    public enum Network {
        SAME,
        DIFFERENT,
        UNKNOWN
    }
}
