package tandem.app;

import tandem.store.Store;
import tandem.store.StoreUnavailable;
import tandem.web.OAuthAnswer;
import tandem.web.Response;
import tandem.web.Routes;

/// What supervisors and balancers ask, on the operations' listener.
record Health(Store store) {

    Routes routes() {
        return new Routes()
                .area("/", OAuthAnswer::tell)
                .get("/health/live", request -> Response.text(200, "live\n"))
                .get("/health/ready", request -> ready());
    }

    /// Ready is who can read the store.
    private Response ready() {
        try {
            store.read(tx -> tx.registered().revision());
            return Response.text(200, "ready\n");
        } catch (StoreUnavailable e) {
            return Response.text(503, "the store is not available\n").with("Retry-After", "1");
        }
    }
}
