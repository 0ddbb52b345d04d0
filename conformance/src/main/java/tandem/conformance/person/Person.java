package tandem.conformance.person;

/// Who signs in.
public record Person(String user, String password) {
    /// Says nothing of the password.
    @Override
    public String toString() {
        return user;
    }
}
