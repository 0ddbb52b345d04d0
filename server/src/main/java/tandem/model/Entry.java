package tandem.model;

import java.time.Instant;
import java.util.Optional;
import tandem.oauth.Sealed;

/// One browser session having entered one device's code. Only it may decide on the request.
///
/// @param code the code as entered, sealed, to be shown again on the pages that follow
/// @param confirmedAt when the person said that this is the code on the device in front of them;
///   never remembered from one entry to another
/// @param declinedAt when this session itself said no
public record Entry(
        String id,
        String session,
        RowId deviceAuthorization,
        Sealed code,
        Instant enteredAt,
        Optional<Instant> confirmedAt,
        Optional<Instant> declinedAt) {

    public Entry confirmed(Instant now) {
        return new Entry(
                id, session, deviceAuthorization, code, enteredAt, Optional.of(now), declinedAt);
    }

    public Entry declined(Instant now) {
        return new Entry(
                id, session, deviceAuthorization, code, enteredAt, confirmedAt, Optional.of(now));
    }
}
