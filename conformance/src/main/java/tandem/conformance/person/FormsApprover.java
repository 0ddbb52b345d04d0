package tandem.conformance.person;

import java.net.URI;

/// Approves through plain forms: fast, and proof that the pages work without scripts.
public final class FormsApprover implements Approver {
    private final Person person;

    public FormsApprover(Person person) {
        this.person = person;
    }

    @Override
    public void decides(Visitor visitor, URI page, String userCode, Wish wish) {
        var walk = new Walk(visitor, person, visitor.opens(page), userCode, wish);
        int status = walk.toEnd().answer().status();
        if (status >= 400) {
            throw new Lost(
                    "the way ends at \"%s\" (%d), after %s"
                            .formatted(walk.page().title(), status, walk.steps()));
        }
    }
}
