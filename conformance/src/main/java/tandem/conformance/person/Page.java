package tandem.conformance.person;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;

/// A page as it came, understood by its forms.
public final class Page {
    private static final String BUTTONS =
            "button:not([type]), button[type=submit], input[type=submit], input[type=image]";
    private static final String TYPED =
            "input:not([type]), input[type=text], input[type=search], input[type=tel],"
                    + " input[type=number], input[type=email]";
    private static final Pattern ABOUT_PEOPLE =
            Pattern.compile("e-?mail|user.?name|\\blogin\\b|account|identifier|\\buser\\b");
    private static final Pattern ABOUT_CODES = Pattern.compile("code|otp|pin");

    private final Answer answer;
    private final Document document;

    public Page(Answer answer) {
        this.answer = answer;
        document = Jsoup.parse(answer.body(), answer.request().uri().toString());
    }

    public Answer answer() {
        return answer;
    }

    public Document document() {
        return document;
    }

    public URI uri() {
        return answer.request().uri();
    }

    public String text() {
        return document.text();
    }

    /// What the page is about, in a few words.
    public String title() {
        var heading = document.select("h1, h2").stream().map(Element::text).findFirst();
        return heading.filter(text -> !text.isBlank()).orElseGet(document::title);
    }

    /// Every way to send a form of this page, in the order of the page.
    public List<Submission> submissions() {
        var found = new ArrayList<Submission>();
        for (var form : document.forms()) {
            var buttons = buttons(form);
            buttons.forEach(button -> found.add(submission(form, button)));
            if (buttons.isEmpty() && form.select(TYPED).isEmpty() && !form.children().isEmpty()) {
                found.add(sentByItself(form));
            }
        }
        return found;
    }

    /// A link that leads away from the request: some servers refuse by a link.
    public Optional<URI> refusingLink() {
        return document.select("a[href]").stream()
                .filter(link -> Leaning.of(link.text()) == Leaning.NO)
                .map(link -> URI.create(link.absUrl("href")))
                .findFirst();
    }

    private List<Element> buttons(FormElement form) {
        var outside =
                form.id().isEmpty()
                        ? Stream.<Element>of()
                        : document.select("[form]").stream()
                                .filter(element -> element.attr("form").equals(form.id()))
                                .filter(element -> element.is(BUTTONS));
        return Stream.concat(form.select(BUTTONS).stream(), outside)
                .distinct()
                .filter(button -> !button.hasAttr("disabled"))
                .filter(button -> button.closest("noscript") == null)
                .toList();
    }

    private Submission submission(FormElement form, Element button) {
        var fields = fields(form);
        if (!button.attr("name").isEmpty()) {
            fields = fields.with(button.attr("name"), button.attr("value"));
        }
        var named = button.attr("name") + " " + button.attr("value") + " " + button.id();
        var formAction = button.absUrl("formaction");
        var to = formAction.isEmpty() ? target(form) : URI.create(formAction);
        return submission(form, to, false, fields, label(button), Leaning.of(label(button), named));
    }

    /// A form without a button to press; one for browsers without scripts counts for none.
    private Submission sentByItself(FormElement form) {
        return submission(form, target(form), true, fields(form), "(sent by itself)", Leaning.YES);
    }

    private Submission submission(
            FormElement form,
            URI to,
            boolean byItself,
            Form fields,
            String label,
            Leaning leaning) {
        var password =
                form.select("input[type=password]").stream().map(e -> e.attr("name")).findFirst();
        var typed = form.select(TYPED).stream().filter(e -> !e.attr("name").isEmpty()).toList();
        var user =
                typed.stream()
                        .filter(e -> password.isPresent() || isAboutPeople(e))
                        .map(e -> e.attr("name"))
                        .findFirst();
        var code =
                typed.stream()
                        .filter(e -> password.isEmpty() && !isAboutPeople(e))
                        .map(e -> e.attr("name"))
                        .findFirst();
        return new Submission(
                to,
                form.attr("method").equalsIgnoreCase("post"),
                byItself,
                fields,
                label,
                leaning,
                code.orElse(""),
                user.orElse(""),
                password.orElse(""));
    }

    private boolean isAboutPeople(Element field) {
        var words =
                String.join(
                                " ",
                                field.attr("name"),
                                field.id(),
                                field.attr("autocomplete"),
                                field.attr("type"),
                                field.attr("aria-label"),
                                field.attr("placeholder"),
                                labels(field))
                        .toLowerCase(Locale.ROOT);
        return ABOUT_PEOPLE.matcher(words).find() && !ABOUT_CODES.matcher(words).find();
    }

    private String labels(Element field) {
        return field.id().isEmpty()
                ? ""
                : String.join(
                        " ",
                        document.select("label").stream()
                                .filter(label -> label.attr("for").equals(field.id()))
                                .map(Element::text)
                                .toList());
    }

    private URI target(FormElement form) {
        var action = form.absUrl("action");
        return action.isEmpty() ? uri() : URI.create(action);
    }

    private static Form fields(FormElement form) {
        return new Form(
                form.formData().stream()
                        .map(data -> new Form.Pair(data.key(), data.value()))
                        .toList());
    }

    private static String label(Element button) {
        var text = button.text();
        if (!text.isBlank()) {
            return text;
        }
        var aria = button.attr("aria-label");
        return aria.isBlank() ? button.attr("value") : aria;
    }
}
