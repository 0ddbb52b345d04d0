package tandem.conformance.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tandem.conformance.suite.Judged;
import tandem.conformance.suite.Verdict;
import tandem.conformance.wire.Json;

/// A run for programs to read.
public final class JsonReport {
    private JsonReport() {}

    public static String of(Reports reports) {
        var cases = new ArrayList<Map<String, Object>>();
        reports.judged().forEach(one -> cases.add(of(one)));
        var run = new LinkedHashMap<String, Object>();
        run.put("issuer", reports.issuer());
        run.put("begin", reports.begin().toString());
        run.put("seconds", reports.took().toSeconds());
        run.put("totals", reports.totals());
        run.put("cases", cases);
        return Json.write(run) + "\n";
    }

    private static Map<String, Object> of(Judged judged) {
        var one = new LinkedHashMap<String, Object>();
        one.put("id", judged.judged().id());
        one.put("title", judged.judged().title());
        one.put("reference", judged.judged().reference());
        one.put("severity", judged.judged().severity().name());
        one.put("verdict", judged.verdict().word());
        one.put("milliseconds", judged.took().toMillis());
        switch (judged.verdict()) {
            case Verdict.Passed p -> {}
            case Verdict.Skipped(var why) -> one.put("why", why);
            case Verdict.Failed(var expected, var seen, var exchange) -> {
                one.put("expected", expected);
                one.put("seen", seen);
                put(one, exchange);
            }
            case Verdict.Broken(var what, var exchange) -> {
                one.put("what", what);
                put(one, exchange);
            }
        }
        return one;
    }

    private static void put(Map<String, Object> one, Optional<Verdict.Exchange> exchange) {
        exchange.ifPresent(e -> {
            one.put("request", e.request());
            one.put("answer", e.answer());
        });
    }
}
