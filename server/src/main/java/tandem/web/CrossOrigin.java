package tandem.web;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/// Which other origins' pages may read the answers of a path. [Fetch
/// §3.3](https://fetch.spec.whatwg.org/#http-cors-protocol)
///
/// [Routes] asks it for every answer of the path, refusals and faults too, so that no endpoint has
/// to think of it. Credentials are never allowed: no cookie means anything at such a path.
public final class CrossOrigin {

    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    /// What browsers ask leave for; the safelisted ones need none.
    private static final String HEADERS = "Authorization, Content-Type, DPoP, Prefer";

    private static final String EXPOSED = "DPoP-Nonce, Retry-After, WWW-Authenticate";

    /// How long a browser remembers what a preflight said.
    private static final String MAX_AGE = "600";

    private final String methods;
    private final boolean varies;
    private final Function<Request, Optional<String>> asking;
    private final Function<Request, Optional<String>> reading;

    /// @param asking the origin a preflight is allowed
    /// @param reading the origin that may read an answer
    private CrossOrigin(
            String methods,
            boolean varies,
            Function<Request, Optional<String>> asking,
            Function<Request, Optional<String>> reading) {
        this.methods = methods;
        this.varies = varies;
        this.asking = asking;
        this.reading = reading;
    }

    /// For documents that are no secret.
    public static CrossOrigin everyone() {
        return new CrossOrigin(
                "GET", false, request -> Optional.of("*"), request -> Optional.of("*"));
    }

    /// For some origins, by the request.
    ///
    /// @param known an origin that some request could come from: a preflight does not say more
    /// @param reads whether an origin may read the answer to a request
    public static CrossOrigin of(
            String methods, Predicate<String> known, BiPredicate<Request, String> reads) {
        return new CrossOrigin(
                methods,
                true,
                request -> origin(request).filter(known),
                request -> origin(request).filter(origin -> reads.test(request, origin)));
    }

    /// The answer to `OPTIONS`, the same whether or not it is what it says.
    Response preflight(Request request) {
        var answer = varying(Response.empty(204));
        return asking.apply(request)
                .map(origin ->
                        answer.with(ALLOW_ORIGIN, origin)
                                .with("Access-Control-Allow-Methods", methods)
                                .with("Access-Control-Allow-Headers", HEADERS)
                                .with("Access-Control-Max-Age", MAX_AGE))
                .orElse(answer);
    }

    Response marked(Request request, Response plain) {
        var answer = varying(plain);
        return reading.apply(request)
                .map(origin ->
                        answer.with(ALLOW_ORIGIN, origin)
                                .with("Access-Control-Expose-Headers", EXPOSED))
                .orElse(answer);
    }

    private Response varying(Response answer) {
        return varies ? answer.with("Vary", "Origin") : answer;
    }

    private static Optional<String> origin(Request request) {
        var given = request.headers("Origin");
        return given.size() == 1 ? Optional.of(given.getFirst()) : Optional.empty();
    }
}
