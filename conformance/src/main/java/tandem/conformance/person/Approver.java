package tandem.conformance.person;

import java.net.URI;

/// Decides about a code, as somebody would who holds it in hand.
public interface Approver {
    /// Goes all the way from the page to the end.
    ///
    /// @param visitor a browser without scripts, for an approver that needs no other
    /// @throws Lost where there is no way through
    /// @throws NoSuchChoice where the pages offer no way to refuse
    void decides(Visitor visitor, URI page, String userCode, Wish wish);
}
