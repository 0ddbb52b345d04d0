package tandem.oauth;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A set of scope values, in the order they were asked for. [RFC 6749
/// §3.3](https://www.rfc-editor.org/rfc/rfc6749#section-3.3)
public record Scopes(List<String> values) {

    public static final String OPENID = "openid";
    public static final String PROFILE = "profile";
    public static final String EMAIL = "email";
    public static final String OFFLINE_ACCESS = "offline_access";

    /// The scopes that belong to no API: identity, and staying connected.
    public static final Set<String> STANDARD = Set.of(OPENID, PROFILE, EMAIL, OFFLINE_ACCESS);

    /// More than any honest request, few enough to show to a person.
    public static final int COUNT_MAX = 100;

    public static final Scopes NONE = new Scopes(List.of());

    public Scopes {
        values = List.copyOf(new LinkedHashSet<>(values));
    }

    public static Scopes of(String... values) {
        return new Scopes(List.of(values));
    }

    /// Reads the wire form; empty when it is not `scope-token *( SP scope-token )` of RFC 6749 §3.3
    /// or has more than [#COUNT_MAX] values. Several spaces in a row are forgiven.
    public static Optional<Scopes> parse(String text) {
        var values = new ArrayList<String>();
        for (var value : text.split(" ", -1)) {
            if (value.isEmpty()) {
                continue;
            }
            if (!value.chars().allMatch(Scopes::isScopeCharacter)) {
                return Optional.empty();
            }
            values.add(value);
        }
        var scopes = new Scopes(values);
        return scopes.values.size() > COUNT_MAX ? Optional.empty() : Optional.of(scopes);
    }

    /// `NQCHAR` of RFC 6749 appendix A.4.
    private static boolean isScopeCharacter(int c) {
        return c == 0x21 || (c >= 0x23 && c <= 0x5B) || (c >= 0x5D && c <= 0x7E);
    }

    public boolean contains(String value) {
        return values.contains(value);
    }

    public boolean containsAll(Scopes others) {
        return values.containsAll(others.values);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public Scopes only(Predicate<String> kept) {
        return new Scopes(values.stream().filter(kept).toList());
    }

    public Scopes without(String value) {
        return only(v -> !v.equals(value));
    }

    public Scopes and(Collection<String> more) {
        var all = new LinkedHashSet<>(values);
        all.addAll(more);
        return new Scopes(List.copyOf(all));
    }

    /// The wire form: values separated by one space.
    @Override
    public String toString() {
        return values.stream().collect(Collectors.joining(" "));
    }
}
