package tandem.conformance.cases;

import java.util.List;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;

/// Every case there is, in the order of the catalogue.
public final class AllCases {
    private AllCases() {}

    public static List<Case> all() {
        return Stream.of(DeviceAuthorizationCases.all()).flatMap(cases -> cases).toList();
    }
}
