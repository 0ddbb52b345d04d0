package tandem.conformance.person;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One person's way through the pages: what to do next on each, until nothing is left to do.
public final class Walk {
    private static final int STEPS = 15;
    private static final int LOGINS = 3;

    private final Visitor visitor;
    private final Person person;
    private final String userCode;
    private final Wish wish;
    private final List<String> steps = new ArrayList<>();
    private Page page;
    private boolean codeTyped;
    private int logins;
    private boolean refused;
    private boolean refusedByLink;

    public Walk(Visitor visitor, Person person, Page first, String userCode, Wish wish) {
        this.visitor = visitor;
        this.person = person;
        this.userCode = userCode;
        this.wish = wish;
        page = first;
    }

    public Page page() {
        return page;
    }

    /// What was done so far, for a report.
    public List<String> steps() {
        return List.copyOf(steps);
    }

    /// Goes on until nothing is left to do.
    ///
    /// @throws NoSuchChoice where a person who wants to refuse never could
    public Page toEnd() {
        for (var next = next(); next.isPresent(); next = next()) {
            goes(next.get());
        }
        if (wish == Wish.DENY && !refused && page.answer().status() < 400) {
            throw new NoSuchChoice();
        }
        return page;
    }

    /// Goes on until a yes or no is asked; empty where it came to an end before.
    public Optional<Submission> toDecision() {
        var next = next();
        while (next.isPresent() && !next.get().decides()) {
            goes(next.get());
            next = next();
        }
        return next;
    }

    public void goes(Submission submission) {
        if (steps.size() == STEPS) {
            throw new Lost("no end after " + steps);
        }
        steps.add("\"" + page.title() + "\": " + submission.label());
        codeTyped |= submission.asksCode();
        refused |= submission.decides() && submission.leaning() == Leaning.NO;
        logins += submission.asksLogin() ? 1 : 0;
        page = visitor.sends(submission);
    }

    /// What this person would do on the present page; empty at the end.
    public Optional<Submission> next() {
        var all = page.submissions();
        var code = all.stream().filter(Submission::asksCode).findFirst();
        var login =
                all.stream()
                        .filter(Submission::asksLogin)
                        .min(Comparator.comparing(Submission::leaning));
        if (login.isPresent()) {
            if (logins == LOGINS) {
                throw new Lost("signing in leads back to signing in, after " + steps);
            }
            return login.map(form ->
                    form.typed(form.userField(), person.user())
                            .typed(form.passwordField(), person.password()));
        }
        var decision = decision(all);
        if (decision.isPresent()) {
            return decision;
        }
        if (code.isPresent() && !codeTyped) {
            return code.map(form -> form.typed(form.codeField(), userCode));
        }
        if (code.isPresent() && logins == 0 && steps.size() == 1) {
            throw new Lost("the code is asked again, on \"" + page.title() + "\"");
        }
        return Optional.empty();
    }

    private Optional<Submission> decision(List<Submission> all) {
        var wanted = wish == Wish.ALLOW ? Leaning.YES : Leaning.NO;
        var buttons = all.stream().filter(Submission::decides).toList();
        var exact = buttons.stream().filter(button -> button.leaning() == wanted).findFirst();
        var passedOn = all.stream().filter(Submission::byItself).findFirst();
        if (exact.isPresent() || passedOn.isPresent()) {
            return exact.or(() -> passedOn);
        }
        if (wish == Wish.ALLOW || refusedByLink || !codeTyped) {
            return Optional.empty();
        }
        var link = page.refusingLink();
        if (link.isPresent()) {
            refusedByLink = true;
            refused = true;
            steps.add("\"" + page.title() + "\": a link that refuses");
            page = visitor.opens(link.get());
            return next();
        }
        return buttons.stream().filter(button -> button.leaning() == Leaning.YES).findFirst();
    }
}
