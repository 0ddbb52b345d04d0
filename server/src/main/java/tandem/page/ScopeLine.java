package tandem.page;

import java.util.Set;

/// One scope.
///
/// @param value as the protocol has it
/// @param description the operator's words; OpenID Connect's own scopes have ours and need none
public record ScopeLine(String value, String description) {

    private static final Set<String> OURS =
            Set.of("openid", "profile", "email", "address", "phone", "offline_access");

    /// What it means in words, where the words are ours.
    public boolean inOurWords() {
        return OURS.contains(value) && description.isBlank();
    }

    public Message message() {
        return Message.of("scope." + value);
    }

    /// What it means in the operator's words, or at worst the bare value.
    public String words() {
        return description.isBlank() ? value : description;
    }
}
