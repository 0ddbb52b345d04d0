package tandem.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Which handler answers which path and method, and how each part of the server tells of faults.
///
/// Paths match exactly, as sent: no decoding, no case folding, no `..`. A part in braces takes one
/// segment.
public final class Routes {

    private record Route(String path, List<String> segments, Map<String, Handler> handlers) {}

    /// What a path leads to.
    ///
    /// @param route the path's pattern, or [#NONE]
    /// @param handlers by method
    /// @param values of the parts that the pattern leaves open
    record Found(String route, Map<String, Handler> handlers, Map<String, String> values) {}

    private static final String NONE = "none";
    private static final Found NOTHING = new Found(NONE, Map.of(), Map.of());

    private record Area(String prefix, Fault.Teller teller) {}

    private final Map<String, Found> exact = new HashMap<>();
    private final List<Route> open = new ArrayList<>();
    private final List<Area> areas = new ArrayList<>();
    private final Map<String, CrossOrigin> shared = new HashMap<>();

    /// Says how faults of paths under `prefix` are told; the longest prefix counts.
    public Routes area(String prefix, Fault.Teller teller) {
        areas.add(new Area(prefix, teller));
        return this;
    }

    /// Says which other origins' pages may read the answers of `path`, whichever they are.
    public Routes share(String path, CrossOrigin origins) {
        shared.put(path, origins);
        return this;
    }

    public Routes get(String path, Handler handler) {
        return add("GET", path, handler);
    }

    public Routes post(String path, Handler handler) {
        return add("POST", path, handler);
    }

    public Routes add(String method, String path, Handler handler) {
        if (!path.contains("{")) {
            exact.computeIfAbsent(path, p -> new Found(p, new HashMap<>(), Map.of()))
                    .handlers
                    .put(method, handler);
            return this;
        }
        var segments = List.of(path.split("/", -1));
        var route =
                open.stream()
                        .filter(existing -> existing.segments.equals(segments))
                        .findFirst()
                        .orElseGet(() -> {
                            var added = new Route(path, segments, new HashMap<>());
                            open.add(added);
                            return added;
                        });
        route.handlers.put(method, handler);
        return this;
    }

    Response handle(Request request) {
        return handle(find(request.path()), request);
    }

    /// @param found where the request's path leads
    Response handle(Found found, Request request) {
        var origins = shared.get(request.path());
        return origins != null && request.method().equals("OPTIONS")
                ? origins.preflight(request)
                : marked(request, answered(found, request));
    }

    /// Where a path leads; made up by whoever sends it, it may lead to nothing.
    Found find(String path) {
        var found = exact.get(path);
        if (found != null) {
            return found;
        }
        var segments = List.of(path.split("/", -1));
        for (var route : open) {
            var values = match(route.segments, segments);
            if (values.isPresent()) {
                return new Found(route.path, route.handlers, values.get());
            }
        }
        return NOTHING;
    }

    private Response marked(Request request, Response answer) {
        var origins = shared.get(request.path());
        return origins == null ? answer : origins.marked(request, answer);
    }

    private Response answered(Found found, Request request) {
        if (found.handlers.isEmpty()) {
            return told(Fault.NOT_FOUND, request, "");
        }
        return dispatch(
                found.handlers, found.values.isEmpty() ? request : request.with(found.values));
    }

    /// The answer to a request that no handler could answer.
    Response tell(Fault fault, Request request, String id) {
        return marked(request, told(fault, request, id));
    }

    private Response told(Fault fault, Request request, String id) {
        return areas.stream()
                .filter(area -> request.path().startsWith(area.prefix))
                .max((a, b) -> Integer.compare(a.prefix.length(), b.prefix.length()))
                .orElseThrow(() -> new IllegalStateException("no area covers " + request.path()))
                .teller
                .tell(fault, request, id);
    }

    /// HEAD is answered like GET, and [HttpServer] leaves the body out ([RFC 9110
    /// §9.3.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2)).
    private Response dispatch(Map<String, Handler> handlers, Request request) {
        var handler = handlers.get(request.method().equals("HEAD") ? "GET" : request.method());
        if (handler == null) {
            var allowed = new TreeSet<>(handlers.keySet());
            if (allowed.contains("GET")) {
                allowed.add("HEAD");
            }
            return told(Fault.METHOD_NOT_ALLOWED, request, "")
                    .with("Allow", String.join(", ", allowed));
        }
        return handler.handle(request);
    }

    private static Optional<Map<String, String>> match(List<String> pattern, List<String> path) {
        if (pattern.size() != path.size()) {
            return Optional.empty();
        }
        var values = new HashMap<String, String>();
        for (int i = 0; i < pattern.size(); i++) {
            var wanted = pattern.get(i);
            if (wanted.startsWith("{")) {
                var value = decoded(path.get(i));
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                values.put(wanted.substring(1, wanted.length() - 1), value.get());
            } else if (!wanted.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static Optional<String> decoded(String segment) {
        try {
            return segment.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
