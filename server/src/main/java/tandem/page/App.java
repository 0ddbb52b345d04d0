package tandem.page;

import java.util.Optional;

/// An app as people meet it.
///
/// @param logo path of a file this server serves
/// @param firstParty true when it is the operator's own
public record App(String name, Optional<String> logo, boolean firstParty) {

    /// The first letter or digit, to stand where a logo is missing.
    public String initial() {
        return name.codePoints()
                .filter(Character::isLetterOrDigit)
                .mapToObj(Character::toString)
                .findFirst()
                .orElse("");
    }
}
