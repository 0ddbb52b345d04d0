package tandem.store;

/// A document whose member has the wrong form. The message names the member and what it should be,
/// never its value.
public final class InvalidDocument extends IllegalArgumentException {

    private final String member;

    InvalidDocument(String member, String complaint) {
        super(member + " " + complaint);
        this.member = member;
    }

    /// Where it stands, such as `device_authorization.lifetime`.
    public String member() {
        return member;
    }
}
