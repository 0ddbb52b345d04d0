/// What people see: one record per page, the templates that draw them, the words in each language,
/// the stylesheet and the few small scripts.
///
/// A room below fills a record with typed, display-ready data and hands it to [tandem.page.Pages].
/// Owns every word, colour and time in words. Does not own addresses of requests, sessions, or when
/// which page is shown; knows no other room.
@NullMarked
package tandem.page;

import org.jspecify.annotations.NullMarked;
