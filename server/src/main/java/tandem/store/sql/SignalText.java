package tandem.store.sql;

import java.util.Optional;
import tandem.oauth.SecretHash;
import tandem.store.Signal;

/// How signals are spelled on their way from node to node.
final class SignalText {

    static final String CHANNEL = "tandem";

    /// What is registered has changed; it concerns the store alone.
    static final String REGISTERED = "registered";

    private static final String DECIDED = "decided ";
    private static final String KEYS = "keys";
    private static final String COUNTED = "counted ";

    private SignalText() {}

    static String of(Signal signal) {
        return switch (signal) {
            case Signal.Decided(var code) -> DECIDED + code.value();
            case Signal.KeysChanged() -> KEYS;
            case Signal.Counted(var node, var limit, var who) ->
                    COUNTED + String.join(" ", node, limit, who.value());
            case Signal.Silence() ->
                    throw new IllegalArgumentException("silence is noticed, not told");
        };
    }

    /// Empty for a word that a newer release may say.
    static Optional<Signal> parse(String text) {
        if (text.startsWith(DECIDED)) {
            return Optional.of(
                    new Signal.Decided(new SecretHash(text.substring(DECIDED.length()))));
        }
        if (text.startsWith(COUNTED)) {
            return counted(text.substring(COUNTED.length()).split(" ", -1));
        }
        return text.equals(KEYS) ? Optional.of(new Signal.KeysChanged()) : Optional.empty();
    }

    private static Optional<Signal> counted(String... words) {
        return words.length == 3
                ? Optional.of(new Signal.Counted(words[0], words[1], new SecretHash(words[2])))
                : Optional.empty();
    }
}
