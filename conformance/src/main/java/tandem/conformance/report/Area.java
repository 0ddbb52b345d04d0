package tandem.conformance.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The areas of the catalogue, as a reader knows them.
final class Area {
    private static final Map<String, String> NAMES = names();

    private Area() {}

    static String name(String area) {
        return Optional.ofNullable(NAMES.get(area)).orElse(area);
    }

    static List<String> all() {
        return List.copyOf(NAMES.keySet());
    }

    private static Map<String, String> names() {
        var names = new LinkedHashMap<String, String>();
        names.put("DA", "Device authorization endpoint");
        names.put("TK", "Token endpoint, device grant");
        names.put("UC", "User code and pages");
        names.put("LG", "Sign-in");
        names.put("CS", "Consent");
        names.put("RF", "Refresh tokens");
        names.put("RV", "Revocation");
        names.put("IN", "Introspection");
        names.put("MD", "Metadata and keys");
        names.put("CL", "Claims of tokens");
        names.put("UI", "Userinfo");
        names.put("CO", "CORS");
        names.put("PK", "PKCE");
        names.put("DP", "DPoP");
        names.put("HT", "HTTP under abuse");
        names.put("TL", "TLS and proxy headers");
        names.put("RL", "Rate limits");
        return names;
    }
}
