package tandem.page;

import java.util.List;
import java.util.Optional;

/// The sign-in, with each option in the operator's order.
///
/// @param app what the person is about to connect; empty on the way to their account page
/// @param email typed before, given back
/// @param entry carried along, so that the flow goes on after the sign-in
public record SignIn(
        Optional<App> app,
        List<Option> options,
        SignInTrouble trouble,
        String email,
        Optional<String> entry,
        String csrf)
        implements Page {

    public SignIn {
        options = List.copyOf(options);
    }

    /// One way to sign in.
    public sealed interface Option {
        /// E-mail address and password.
        record Password() implements Option {}

        /// Somebody else vouches.
        ///
        /// @param connection the connection's name, sent back by its button
        /// @param label what people call it
        record Provider(String connection, String label) implements Option {}
    }

    public boolean offersPassword() {
        return options.stream().anyMatch(Option.Password.class::isInstance);
    }
}
