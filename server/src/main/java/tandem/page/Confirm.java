package tandem.page;

import java.util.List;

/// Is this the code on your device? Shown before every sign-in and never skipped.
///
/// @param code as the device shows it, grouped by the mask
/// @param scopes what the app would be able to do
public record Confirm(
        String code, App app, RequestFacts facts, List<ScopeLine> scopes, EntryForm form)
        implements Page {

    public Confirm {
        scopes = List.copyOf(scopes);
    }
}
