package tandem.conformance.person;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Request;

/// A browser without scripts: cookies, redirects, forms; and what a test needs besides.
public final class Visitor {
    private static final int HOPS = 15;

    /// Sends one request; the suite's wire, or one that listens in.
    @FunctionalInterface
    public interface Sender {
        Answer send(Request request);
    }

    private final Sender sender;
    private final CookieJar cookies = new CookieJar();
    private final List<Answer> history = new ArrayList<>();

    public Visitor(Sender sender) {
        this.sender = sender;
    }

    /// All answers so far, redirects among them.
    public List<Answer> history() {
        return List.copyOf(history);
    }

    public Page opens(URI uri) {
        return new Page(follow(once(Request.get(uri))));
    }

    public Page sends(Submission submission) {
        return sends(submission, request -> request);
    }

    /// Sends a form otherwise than a browser would, and follows.
    public Page sends(Submission submission, UnaryOperator<Request> tampered) {
        return new Page(follow(once(tampered.apply(asBrowser(submission.request())))));
    }

    /// One request with this browser's cookies; no redirect is followed.
    public Answer once(Request request) {
        var header = cookies.header(request.uri());
        var full = header.isEmpty() ? request : request.with("Cookie", header);
        var answer =
                sender.send(
                        full.header("Accept").isPresent()
                                ? full
                                : full.with("Accept", "text/html"));
        history.add(answer);
        cookies.keep(answer);
        return answer;
    }

    /// Keeps the cookies that a script of the page could have stolen, and no other.
    public void losesHiddenCookies() {
        cookies.clearHidden();
    }

    /// What a browser tells with every form that it sends.
    public static Request asBrowser(Request request) {
        return request.method().equals("GET")
                ? request
                : request.with("Origin", origin(request.uri()))
                        .with("Sec-Fetch-Site", "same-origin");
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    private Answer follow(Answer first) {
        var at = first;
        for (int hops = 0; at.status() >= 300 && at.status() < 400; hops++) {
            var location = at.header("Location");
            if (location.isEmpty() || hops == HOPS) {
                return at;
            }
            var next = at.request().uri().resolve(location.get());
            var keepsMethod = at.status() == 307 || at.status() == 308;
            at = once(keepsMethod ? at.request().to(next).without("Cookie") : Request.get(next));
        }
        return at;
    }
}
