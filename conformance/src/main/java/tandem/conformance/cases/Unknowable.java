package tandem.conformance.cases;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tandem.conformance.person.Submission;
import tandem.conformance.suite.Codes;
import tandem.conformance.wire.Form;

/// What of a yes another site cannot know, and so cannot forge: fields, and parts of the address.
///
/// A server may keep forgers out by either: a field that holds a token, or an address that nobody
/// guesses.
///
/// @param fields the names of such fields
/// @param address the names of such parameters in the address
record Unknowable(List<String> fields, List<String> address) {
    /// Long and random: what keeps forgers out.
    private static final String TOKEN_VALUE = "[\\w.~+/=-]{16,}";

    private static final String TOKEN_NAME = ".*(csrf|xsrf|authenticity).*";

    /// What differs in another browser; the user code does too, but its forger knows that.
    static Unknowable of(Submission yes, Submission elsewhere, Codes codes) {
        return new Unknowable(
                names(yes.fields(), differsFrom(elsewhere.fields(), codes)),
                names(query(yes.action()), differsFrom(query(elsewhere.action()), codes)));
    }

    /// The token against forgery, where a field is called so: each by itself has to be right. Else
    /// all that looks like one, together.
    static List<Unknowable> tokens(Submission yes) {
        var named = names(yes.fields(), (name, value) -> isCalledToken(name));
        return named.isEmpty()
                ? List.of(
                        new Unknowable(
                                names(yes.fields(), Unknowable::looksLikeToken),
                                names(query(yes.action()), Unknowable::looksLikeToken)))
                : named.stream().map(name -> new Unknowable(List.of(name), List.of())).toList();
    }

    static boolean isCalledToken(String name) {
        return name.toLowerCase(Locale.ROOT).matches(TOKEN_NAME);
    }

    boolean isNothing() {
        return fields.isEmpty() && address.isEmpty();
    }

    Submission without(Submission yes) {
        return changed(yes, (form, name) -> form.without(name));
    }

    Submission madeUp(Submission yes, String value) {
        return changed(yes, (form, name) -> form.set(name, value));
    }

    private Submission changed(Submission yes, Change change) {
        UnaryOperator<Form> inFields = form -> change.all(form, fields);
        var left = yes.with(inFields.apply(yes.fields()));
        return address.isEmpty()
                ? left
                : left.to(withQuery(yes.action(), change.all(query(yes.action()), address)));
    }

    /// Changes one value of a form.
    @FunctionalInterface
    private interface Change {
        Form one(Form form, String name);

        default Form all(Form form, List<String> names) {
            var changed = form;
            for (var name : names) {
                changed = one(changed, name);
            }
            return changed;
        }
    }

    private static BiPredicate<String, String> differsFrom(Form elsewhere, Codes codes) {
        return (name, value) ->
                !letters(value).equals(letters(codes.userCode()))
                        && elsewhere
                                .value(name)
                                .map(other -> !other.equals(value))
                                .orElseGet(() -> looksLikeToken(name, value));
    }

    private static boolean looksLikeToken(String name, String value) {
        return value.matches(TOKEN_VALUE) || isCalledToken(name);
    }

    private static String letters(String code) {
        return DeviceAuthorizationCases.letters(code);
    }

    private static List<String> names(Form form, BiPredicate<String, String> which) {
        return form.pairs().stream()
                .filter(pair -> which.test(pair.name(), pair.value()))
                .map(Form.Pair::name)
                .distinct()
                .toList();
    }

    private static Form query(URI address) {
        return new Form(
                Optional.ofNullable(address.getRawQuery()).stream()
                        .flatMap(query -> Stream.of(query.split("&")))
                        .map(pair -> pair.split("=", 2))
                        .map(pair ->
                                new Form.Pair(decoded(pair[0]), decoded(pair[pair.length - 1])))
                        .toList());
    }

    private static URI withQuery(URI address, Form query) {
        var bare = address.toString().split("[?#]", 2)[0];
        return URI.create(query.pairs().isEmpty() ? bare : bare + "?" + query.encoded());
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
