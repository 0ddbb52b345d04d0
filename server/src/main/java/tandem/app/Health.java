package tandem.app;

import java.nio.charset.StandardCharsets;
import tandem.metric.Metrics;
import tandem.store.Store;
import tandem.store.StoreUnavailable;
import tandem.web.HttpServer;
import tandem.web.OAuthAnswer;
import tandem.web.Response;
import tandem.web.Routes;

/// What supervisors, balancers and Prometheus ask, on the operations' listener.
record Health(Store store, HttpServer server, Metrics metrics, Draining draining) {

    /// [Prometheus' text
    /// format](https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format)
    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    Routes routes() {
        return new Routes()
                .area("/", OAuthAnswer::tell)
                .get("/health/live", request -> live())
                .get("/health/ready", request -> ready())
                .get("/metrics", request -> metricsPage());
    }

    /// Dead is who takes no connection any more, but for one that is about to stop.
    private Response live() {
        return draining.begun() || server.listening()
                ? Response.text(200, "live\n")
                : Response.text(503, "nobody listens any more\n");
    }

    /// Ready is who can read the store and means to stay.
    private Response ready() {
        draining.asked();
        if (draining.begun()) {
            return notReady("about to stop\n");
        }
        try {
            store.read(tx -> tx.registered().revision());
            return Response.text(200, "ready\n");
        } catch (StoreUnavailable e) {
            return notReady("the store is not available\n");
        }
    }

    private static Response notReady(String why) {
        return Response.text(503, why).with("Retry-After", "1");
    }

    private Response metricsPage() {
        var page = metrics.page().getBytes(StandardCharsets.UTF_8);
        return Response.of(200, TEXT_FORMAT, page).with("Cache-Control", "no-store");
    }
}
