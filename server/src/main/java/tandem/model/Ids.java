package tandem.model;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// Names for what is shown to others: a prefix that says what it names, and 128 random bits.
public enum Ids {
    USER("usr_"),
    LINK("lnk_"),
    SESSION("ses_"),
    ENTRY("ent_"),
    CLIENT_GRANT("cgr_"),
    CONSENT("con_"),
    TOKEN("tok_"),
    DATABASE("dbs_");

    private static final int BYTES = 16;

    private final String prefix;

    Ids(String prefix) {
        this.prefix = prefix;
    }

    public String random(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return of(bytes);
    }

    /// The name of these 16 bytes.
    public String of(byte[] bytes) {
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The 16 bytes of a name made by [#of(byte[])].
    public byte[] bytes(String id) {
        return Base64.getUrlDecoder().decode(id.substring(prefix.length()));
    }
}
