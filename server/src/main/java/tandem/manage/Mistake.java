package tandem.manage;

/// What is wrong at one place of a written resource, said so that it can be mended.
///
/// @param path of the place, as `clients[0].grant_types[1]`; empty for the whole
public record Mistake(String path, String message) {

    /// The path of a member below `path`.
    public static String below(String path, String member) {
        return path.isEmpty() ? member : path + "." + member;
    }

    /// The path of an element of the list at `path`.
    public static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
