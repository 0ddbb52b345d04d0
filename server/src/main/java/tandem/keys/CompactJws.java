package tandem.keys;

import com.nimbusds.jose.JWSObject;
import java.text.ParseException;
import java.util.Optional;

/// Signed objects as anybody can send them. [RFC 7515
/// §7.1](https://www.rfc-editor.org/rfc/rfc7515#section-7.1)
public final class CompactJws {

    private CompactJws() {}

    /// Empty when the text is none.
    public static Optional<JWSObject> parse(String text) {
        try {
            return Optional.of(JWSObject.parse(text));
        } catch (ParseException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            // The library throws others than it declares: NullPointerException where the head is
            // the JSON null.
            return Optional.empty();
        }
    }
}
