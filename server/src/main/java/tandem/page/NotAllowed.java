package tandem.page;

import java.util.Optional;

/// The request cannot be approved, whatever this person does on these pages.
///
/// @param app empty where no code was entered yet
public record NotAllowed(Optional<App> app, Reason reason) implements Page {

    public enum Reason {
        /// The account may not use this app.
        PERSON,
        /// The app's policy asks for the same network.
        NETWORK,
        /// Connecting devices is switched off, for this app or altogether.
        SWITCHED_OFF
    }
}
