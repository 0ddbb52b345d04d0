package tandem.model;

import java.time.Instant;
import java.util.List;

/// How and when a person signed in: what becomes `auth_time` and `amr`.
///
/// @param amr [RFC 8176](https://www.rfc-editor.org/rfc/rfc8176) values: `pwd`, `fed`
public record Authentication(Instant at, List<String> amr) {

    public Authentication {
        amr = List.copyOf(amr);
    }
}
