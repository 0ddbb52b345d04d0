package tandem.conformance.cases;

import java.util.List;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;

/// Every case there is, in the order of the catalogue.
public final class AllCases {
    private AllCases() {}

    public static List<Case> all() {
        return Stream.of(
                        DeviceAuthorizationCases.all(),
                        ClientCases.all(),
                        FormatCases.all(),
                        PaceCases.all(),
                        TokenCases.all(),
                        UserCodeCases.all(),
                        DecisionCases.all(),
                        ForgeryCases.all(),
                        LoginCases.all(),
                        RefreshCases.all(),
                        RevocationCases.all(),
                        IntrospectionCases.all(),
                        MetadataCases.all(),
                        ClaimCases.all(),
                        UserinfoCases.all(),
                        CorsCases.all(),
                        PkceCases.all(),
                        DpopCases.all(),
                        HttpCases.all(),
                        TlsCases.all(),
                        LimitCases.all())
                .flatMap(cases -> cases)
                .toList();
    }
}
