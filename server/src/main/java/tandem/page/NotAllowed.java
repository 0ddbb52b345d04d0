package tandem.page;

import java.util.Optional;

/// The request cannot be approved, or not by this account.
///
/// @param app empty where no code was entered yet
/// @param another for the form that signs out and lets another account try; where that can help
public record NotAllowed(Optional<App> app, Reason reason, Optional<EntryForm> another)
        implements Page {

    public enum Reason {
        /// The account may not use this app.
        PERSON,
        /// The device asked for another account; never told which.
        ACCOUNT,
        /// The app's policy asks for the same network.
        NETWORK,
        /// Connecting devices is switched off, for this app or altogether.
        SWITCHED_OFF
    }
}
