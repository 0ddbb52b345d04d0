package tandem.manage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tandem.model.Logo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The files that a resource file names as logos. In the tree, each name gives way to the path the
/// logo is served under.
final class LogoFiles {

    private static final String MEMBER = "logo";

    /// A file of this machine, so that only who may write resource files may name one.
    static final Rule RULE =
            (value, place) -> {
                if (!value.isString()) {
                    place.wrong("must be the name of a file");
                    return;
                }
                try {
                    if (read(value.stringValue()).isEmpty()) {
                        place.wrong(
                                Rules.quoted(value.stringValue())
                                        + " is not a PNG, JPEG, WebP or SVG of at most "
                                        + Logo.BYTES_MAX
                                        + " bytes");
                    }
                } catch (IOException | InvalidPathException e) {
                    place.wrong(Rules.quoted(value.stringValue()) + " cannot be read");
                }
            };

    private final List<Logo> logos = new ArrayList<>();

    private LogoFiles() {}

    /// Reads the logos of a checked file.
    ///
    /// @param written is changed
    static List<Logo> take(JsonNode written) {
        var files = new LogoFiles();
        files.takeFrom(written.path("tenant"));
        written.path("clients").forEach(files::takeFrom);
        return files.logos;
    }

    private void takeFrom(JsonNode resource) {
        resource.path(MEMBER)
                .stringValueOpt()
                .ifPresent(name -> {
                    var logo = again(name);
                    logos.add(logo);
                    ((ObjectNode) resource).put(MEMBER, logo.path());
                });
    }

    /// What the check has found good may have changed since.
    private static Logo again(String name) {
        try {
            return read(name).orElseThrow(() -> new IOException("no longer a logo: " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One byte more than allowed is enough to know.
    private static Optional<Logo> read(String name) throws IOException {
        try (var stream = Files.newInputStream(Path.of(name))) {
            return Logo.of(stream.readNBytes(Logo.BYTES_MAX + 1));
        }
    }
}
