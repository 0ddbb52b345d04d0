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
                        ParameterCases.all(),
                        ClientCases.all(),
                        MalformedCases.all(),
                        FormatCases.all(),
                        PaceCases.all(),
                        RedemptionCases.all(),
                        TokenCases.all(),
                        UserCodeCases.all(),
                        WrongCodeCases.all(),
                        DecisionPageCases.all(),
                        DecisionCases.all(),
                        ForgeryCases.all(),
                        LoginCases.all(),
                        RefreshCases.all(),
                        RefreshScopeCases.all(),
                        RevocationCases.all(),
                        IntrospectionCases.all(),
                        MetadataCases.all(),
                        KeyCases.all(),
                        ClaimCases.all(),
                        AccessTokenCases.all(),
                        UserinfoCases.all(),
                        CorsCases.all(),
                        PkceCases.all(),
                        DpopCases.all(),
                        HttpCases.all(),
                        FramingCases.all(),
                        PatienceCases.all(),
                        TlsCases.all(),
                        LimitCases.all())
                .flatMap(cases -> cases)
                .toList();
    }
}
