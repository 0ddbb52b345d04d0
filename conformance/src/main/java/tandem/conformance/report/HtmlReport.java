package tandem.conformance.report;

/// A run as one page to read and to show.
public final class HtmlReport {
    private HtmlReport() {}

    public static String of(Reports reports) {
        return "<!doctype html><title>" + reports.issuer() + "</title>";
    }
}
