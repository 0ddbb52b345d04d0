package tandem.page;

import java.util.Optional;

/// Why the person sees the sign-in page (again).
public sealed interface SignInTrouble {

    record None() implements SignInTrouble {}

    /// One answer for a wrong password, an unknown address and a blocked account.
    record Wrong() implements SignInTrouble {}

    record Throttled(int minutes) implements SignInTrouble {}

    /// A provider could not be reached.
    record ProviderDown(String label) implements SignInTrouble {}

    /// A provider answered, but not with a person.
    record ProviderFailed(String label) implements SignInTrouble {}

    /// The attempt at a provider took too long, or was begun in another browser.
    record ExpiredAttempt() implements SignInTrouble {}

    /// Signed in at a provider, but nobody here is that person.
    record NotAllowed() implements SignInTrouble {}

    /// No fault: the app, or another network, asks for a fresh sign-in.
    record SignInAgain() implements SignInTrouble {}

    /// What the page says of it.
    default Optional<Message> message() {
        return switch (this) {
            case None() -> Optional.empty();
            case Wrong() -> Optional.of(Message.of("sign-in.wrong"));
            case Throttled(int minutes) ->
                    Optional.of(Message.counted("sign-in.throttled", minutes));
            case ProviderDown(String label) ->
                    Optional.of(Message.of("sign-in.provider-down", label));
            case ProviderFailed(String label) ->
                    Optional.of(Message.of("sign-in.provider-failed", label));
            case ExpiredAttempt() -> Optional.of(Message.of("sign-in.expired-attempt"));
            case NotAllowed() -> Optional.of(Message.of("sign-in.not-allowed"));
            case SignInAgain() -> Optional.of(Message.of("sign-in.again"));
        };
    }

    /// False where nothing went wrong.
    default boolean fault() {
        return !(this instanceof SignInAgain);
    }

    /// True when it concerns what was typed, so that the fields are marked.
    default boolean aboutTyped() {
        return this instanceof Wrong;
    }
}
