/// What the HTTP library leaves open: requests and answers as values, forms, routes, the shape of
/// OAuth answers, cookies, protection of forms, client addresses, request limits.
///
/// Owns the only class that touches the HTTP library, [tandem.web.HttpServer], with its bounds.
/// Does not own what any endpoint answers, nor how pages look (`page`).
@NullMarked
package tandem.web;

import org.jspecify.annotations.NullMarked;
