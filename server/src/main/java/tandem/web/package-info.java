/// What the HTTP library leaves open: requests and answers as values, forms, routes, the shape of
/// OAuth answers, cookies, protection of forms, client addresses, request limits.
///
/// Owns all that touches the HTTP library: [tandem.web.HttpServer], and behind it the deadlines and
/// the strict framing of `GuardedHttp1`. Does not own what any endpoint answers, nor how pages look
/// (`page`).
@NullMarked
package tandem.web;

import org.jspecify.annotations.NullMarked;
