package tandem.model;

import java.time.Instant;
import java.util.List;

/// How and when a person signed in: what becomes `auth_time` and `amr`.
///
/// @param amr [RFC 8176](https://www.rfc-editor.org/rfc/rfc8176) values: `pwd`, `fed`
public record Authentication(Instant at, List<String> amr) {

    /// What a password, or the word of another provider, is worth: level 1 of ISO/IEC 29115, as
    /// [OpenID Connect Core §2](https://openid.net/specs/openid-connect-core-1_0.html#IDToken)
    /// counts.
    public static final String ACR = "1";

    public String acr() {
        return ACR;
    }

    public Authentication {
        amr = List.copyOf(amr);
    }
}
