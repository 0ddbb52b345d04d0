package tandem.app;

/// What is wrong at one place of a document, said so that it can be mended.
///
/// @param path of the place, as `clients[0].grant_types[1]`; empty for the whole document
public record Mistake(String path, String message) {

    /// The path of a key below `path`.
    static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /// The path of an element of the list at `path`.
    static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /// The path of what holds the place at `path`.
    static String parent(String path) {
        return path.substring(
                0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
