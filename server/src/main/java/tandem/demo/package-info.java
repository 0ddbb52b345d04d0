/// A sample television and a sample API: what a newcomer sees first.
///
/// Owns both, and the resources they need. A client like any other: it speaks the endpoints' words
/// and shares nothing with the rooms that answer.
@NullMarked
package tandem.demo;

import org.jspecify.annotations.NullMarked;
