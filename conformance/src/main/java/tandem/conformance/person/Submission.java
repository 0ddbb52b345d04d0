package tandem.conformance.person;

import java.net.URI;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Request;

/// One way to send one form of a page: the form's fields and the button that is pressed.
///
/// @param byItself no person presses anything here: the page's script sends the form at once
/// @param codeField the name of the field that asks for the user code, or empty; so the others
public record Submission(
        URI action,
        boolean post,
        boolean byItself,
        Form fields,
        String label,
        Leaning leaning,
        String codeField,
        String userField,
        String passwordField) {

    boolean asksCode() {
        return !codeField.isEmpty();
    }

    boolean asksLogin() {
        return !userField.isEmpty() || !passwordField.isEmpty();
    }

    public boolean decides() {
        return !byItself && !asksCode() && !asksLogin();
    }

    public Submission with(Form other) {
        return new Submission(
                action, post, byItself, other, label, leaning, codeField, userField, passwordField);
    }

    public Submission to(URI other) {
        return new Submission(
                other, post, byItself, fields, label, leaning, codeField, userField, passwordField);
    }

    Submission typed(String field, String text) {
        return field.isEmpty() ? this : with(fields.set(field, text));
    }

    public Request request() {
        if (post) {
            return Request.post(action, fields);
        }
        var bare = action.toString().split("[?#]", 2)[0];
        return Request.get(URI.create(bare + "?" + fields.encoded()));
    }
}
