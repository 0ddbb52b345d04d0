package tandem.page;

import java.util.Arrays;
import java.util.List;

/// Something to be said, in whatever language is asked for.
///
/// @param arguments texts from outside, whole numbers, or messages
/// @param counted true when the first argument's number chooses among the forms of the text
public record Message(String key, List<Object> arguments, boolean counted) {

    public Message {
        arguments = List.copyOf(arguments);
    }

    public static Message of(String key, Object... arguments) {
        return new Message(key, Arrays.asList(arguments), false);
    }

    public static Message counted(String key, long number) {
        return new Message(key, List.of(number), true);
    }
}
