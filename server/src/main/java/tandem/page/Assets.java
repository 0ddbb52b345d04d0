package tandem.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files the pages need, each under a path that changes with its content: a browser may keep it
/// for a year.
public final class Assets {

    /// Below this path all of them are served.
    public static final String ROOT = "/assets/";

    private static final int HASH_CHARACTERS = 12;

    private static final List<String> FILES =
            List.of(
                    "activate.js",
                    "done.js",
                    "sign-in.js",
                    "mark.svg",
                    "favicon.svg",
                    "apple-touch-icon.png");

    /// One file as it is served.
    public static final class Asset {

        private final String contentType;
        private final byte[] content;

        private Asset(String contentType, byte[] content) {
            this.contentType = contentType;
            this.content = content;
        }

        public String contentType() {
            return contentType;
        }

        /// Not copied: for writing out, not for changing.
        public byte[] content() {
            return content;
        }
    }

    private final Map<String, String> paths = new HashMap<>();
    private final Map<String, Asset> byPath = new HashMap<>();

    private Assets() {}

    static Assets load(Theme theme) {
        var assets = new Assets();
        for (var file : FILES) {
            assets.add(file, read(file));
        }
        assets.add("tandem.css", (text("base.css") + text("parts.css")).getBytes(UTF_8));
        assets.add("theme.css", theme.stylesheet());
        return assets;
    }

    /// The path that a page names.
    public String path(String file) {
        var path = paths.get(file);
        if (path == null) {
            throw new IllegalArgumentException("no asset " + file);
        }
        return path;
    }

    /// What a path stands for; empty also for a path of another release.
    public Optional<Asset> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    private void add(String file, byte[] content) {
        int dot = file.lastIndexOf('.');
        var path = ROOT + file.substring(0, dot) + "." + hash(content) + file.substring(dot);
        paths.put(file, path);
        byPath.put(path, new Asset(contentType(file.substring(dot)), content));
    }

    private static String contentType(String ending) {
        return switch (ending) {
            case ".css" -> "text/css; charset=utf-8";
            case ".js" -> "text/javascript; charset=utf-8";
            case ".svg" -> "image/svg+xml";
            case ".png" -> "image/png";
            default -> throw new IllegalArgumentException("no content type for " + ending);
        };
    }

    private static String hash(byte[] content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String file) {
        return new String(read(file), UTF_8);
    }

    private static byte[] read(String file) {
        try (var stream = Assets.class.getResourceAsStream("/tandem/page/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("no file " + file);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
