package tandem.conformance.person;

import java.net.URI;

/// Approves through plain forms: fast, and proof that the pages work without scripts.
public final class FormsApprover implements Approver {
    private final Visitor.Sender sender;
    private final Person person;

    public FormsApprover(Visitor.Sender sender, Person person) {
        this.sender = sender;
        this.person = person;
    }

    @Override
    public void decides(URI page, String userCode, Wish wish) {
        var visitor = new Visitor(sender);
        new Walk(visitor, person, visitor.opens(page), userCode, wish).toEnd();
    }
}
