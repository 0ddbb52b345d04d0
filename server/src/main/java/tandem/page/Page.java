package tandem.page;

/// One page, as data: nothing here is markup, and every text that comes from outside is raw.
public sealed interface Page
        permits EnterCode,
                Confirm,
                SignIn,
                Consent,
                Done,
                Declined,
                Expired,
                AlreadyDecided,
                NotAllowed,
                Devices,
                SignedOut,
                Trouble {

    /// Its template's name.
    default String template() {
        return switch (this) {
            case EnterCode _ -> "enter-code.jte";
            case Confirm _ -> "confirm.jte";
            case SignIn _ -> "sign-in.jte";
            case Consent _ -> "consent.jte";
            case Done _ -> "done.jte";
            case Declined _ -> "declined.jte";
            case Expired _ -> "expired.jte";
            case AlreadyDecided _ -> "already-decided.jte";
            case NotAllowed _ -> "not-allowed.jte";
            case Devices _ -> "devices.jte";
            case SignedOut _ -> "signed-out.jte";
            case Trouble _ -> "trouble.jte";
        };
    }
}
