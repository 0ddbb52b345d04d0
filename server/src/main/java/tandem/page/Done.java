package tandem.page;

/// Approved; and, once the device has picked its tokens up, connected.
///
/// @param collected true when the device has them
/// @param entry for asking how far the device is
public record Done(App app, boolean collected, String entry) implements Page {}
