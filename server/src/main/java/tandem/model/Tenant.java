package tandem.model;

import java.util.Optional;
import tandem.oauth.UserCodeFormat;

/// The settings of the whole installation.
///
/// @param deviceFlowEnabled the kill switch: off, no code is given, approved or redeemed
/// @param accentColor of the pages, as `#rrggbb`
/// @param logo path of a file served by Tandem
public record Tenant(
        String friendlyName,
        Optional<String> defaultAudience,
        UserCodeFormat userCodes,
        boolean deviceFlowEnabled,
        Optional<String> accentColor,
        Optional<String> logo) {

    public static final Tenant STANDARD =
            new Tenant(
                    "Tandem",
                    Optional.empty(),
                    UserCodeFormat.BASE20_4_4,
                    true,
                    Optional.empty(),
                    Optional.empty());
}
