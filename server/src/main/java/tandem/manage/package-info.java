/// The Management API, and what is registered as operators write it: in files and in calls.
///
/// Owns which scope opens which endpoint, the shape of its answers, every check of a written
/// resource, and applying resource files. Does not own the records (`model`), how they are kept
/// (`store`), nor how a file becomes a tree (`app`).
@NullMarked
package tandem.manage;

import org.jspecify.annotations.NullMarked;
