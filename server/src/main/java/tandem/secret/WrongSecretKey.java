package tandem.secret;

/// A sealed value was made under a key that the secret key file does not hold.
public final class WrongSecretKey extends RuntimeException {

    WrongSecretKey(String id) {
        super(
                "the secret key file does not hold key "
                        + id
                        + ", under which this database was sealed; give the key file that belongs"
                        + " to the database");
    }
}
