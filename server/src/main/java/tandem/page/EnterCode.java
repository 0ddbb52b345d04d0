package tandem.page;

import java.util.Optional;

/// The one field for the code.
///
/// @param typed what was typed before, given back as it was
/// @param retryAfterMinutes with [CodeTrouble#TOO_MANY]: how long the break is
/// @param person who is signed in, if anybody
public record EnterCode(
        CodeTrouble trouble,
        String typed,
        CodeShape shape,
        int retryAfterMinutes,
        Optional<Person> person,
        String csrf)
        implements Page {

    /// What came of the code that was typed. Unknown, expired, used and denied codes are all
    /// [#INVALID]: the page is no oracle ([RFC 8628
    /// §5.1](https://www.rfc-editor.org/rfc/rfc8628#section-5.1)).
    public enum CodeTrouble {
        NONE,
        EMPTY,
        /// The form was not ours, or the browser keeps no cookies: nothing was looked up.
        NOT_OURS,
        INVALID,
        TOO_MANY
    }

    /// How codes look at present: only a help while typing, since older and longer ones may live.
    ///
    /// @param mask `*` for a character, anything else stands for itself, as in `****-****`
    /// @param digits true when codes are made of digits alone: phones then show their number keys
    public record CodeShape(String mask, boolean digits) {

        /// Eight consonants.
        public static final CodeShape LETTERS = new CodeShape("****-****", false);

        /// The mask with a dot for each character, shown in the empty field.
        public String dots() {
            return mask.replace('*', '•');
        }
    }
}
