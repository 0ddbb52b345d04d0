package tandem.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// A YAML or JSON file as a tree that remembers in which line each of its parts stands, and what is
/// wrong with it as a file: broken syntax, a key given twice.
///
/// No mistake repeats a line of the file: it may hold a password.
public final class Document {

    /// No configuration and no file of resources that is meant to be read by people is longer.
    static final int BYTES_MAX = 1024 * 1024;

    private static final TokenStreamFactory YAML = new YAMLFactory();
    private static final TokenStreamFactory JSON = new JsonFactory();

    /// A mistake in its place, as it is printed.
    private record Told(int line, String text) {}

    private final String name;
    private final List<Told> own = new ArrayList<>();
    private JsonNode root = JsonNodeFactory.instance.missingNode();
    private Map<String, Integer> lines = Map.of();

    private Document(String name) {
        this.name = name;
    }

    /// Reads a file. Whatever is wrong with it becomes a mistake of the document.
    static Document read(Path file) {
        var document = new Document(file.toString());
        try (var in = Files.newInputStream(file)) {
            document.decode(in.readNBytes(BYTES_MAX + 1));
        } catch (NoSuchFileException e) {
            document.tell("there is no such file");
        } catch (AccessDeniedException e) {
            document.tell("may not be read: permission denied");
        } catch (IOException e) {
            document.tell(
                    Files.isDirectory(file)
                            ? "is a folder, not a file"
                            : "cannot be read: " + e.getMessage());
        }
        return document;
    }

    /// Reads text that stands somewhere else than in a file.
    static Document of(String name, String text) {
        var document = new Document(name);
        document.parse(text);
        return document;
    }

    String name() {
        return name;
    }

    /// The content; missing when the syntax is broken or the file could not be read.
    public JsonNode root() {
        return root;
    }

    /// True when there is no content to check.
    boolean isBroken() {
        return root.isMissingNode();
    }

    /// What is wrong with the file itself and what was found in its content, in the order of the
    /// lines, each as `tandem.yaml:7: listen: is not …`.
    List<String> told(List<Mistake> found) {
        var all = new ArrayList<>(own);
        for (var mistake : found) {
            int line = line(mistake.path());
            var where = mistake.path().isEmpty() ? "" : mistake.path() + ": ";
            all.add(new Told(line, name + ":" + line + ": " + where + mistake.message()));
        }
        all.sort(Comparator.comparingInt(Told::line));
        return all.stream().map(told -> Printable.of(told.text())).toList();
    }

    /// The line of a path, or of the nearest thing around it that stands in the file.
    private int line(String path) {
        var found = path;
        while (!lines.containsKey(found) && !found.isEmpty()) {
            found = Mistake.parent(found);
        }
        return lines.getOrDefault(found, 1);
    }

    private void decode(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            tell("is larger than " + BYTES_MAX + " bytes");
            return;
        }
        try {
            parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            tell("is not in UTF-8");
        }
    }

    private void parse(String content) {
        var text = content.startsWith("\uFEFF") ? content.substring(1) : content;
        if (!isClean(text)) {
            return;
        }
        boolean json = name.endsWith(".json");
        try (var parser = (json ? JSON : YAML).createParser(ObjectReadContext.empty(), text)) {
            var reader =
                    new TreeReader(
                            parser, (line, what) -> tell(line, name + ":" + line + ": " + what));
            root = reader.read();
            lines = reader.lines();
        } catch (TreeReader.TooMuch e) {
            tell(e.line(), name + ":" + e.line() + ": " + e.getMessage());
        } catch (JacksonException e) {
            tellSyntax(json, e);
        }
    }

    /// Control characters are found here, since the parser does not say where they stand.
    private boolean isClean(String text) {
        int line = 1;
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n') {
                line++;
                start = at + 1;
            } else if (Character.isISOControl(c) && c != '\t' && c != '\r') {
                tellAt(line, at - start + 1, "there is a control character here");
                return false;
            }
        }
        return true;
    }

    /// The library's message shows the line in question, so only its own words are taken.
    private void tellSyntax(boolean json, JacksonException e) {
        if (!(e.getCause() instanceof MarkedYamlEngineException yaml)) {
            var at = e.getLocation();
            tellAt(at.getLineNr(), at.getColumnNr(), json ? "is not JSON" : "is not YAML");
            return;
        }
        // A scanner finds out only later, often at the end, that what it scans never ends.
        var mark =
                yaml instanceof ScannerException && yaml.getContextMark().isPresent()
                        ? yaml.getContextMark()
                        : yaml.getProblemMark();
        var context = yaml.getContext() == null ? "" : yaml.getContext() + ", ";
        tellAt(
                mark.map(at -> at.getLine() + 1).orElse(1),
                mark.map(at -> at.getColumn() + 1).orElse(1),
                "is not YAML: " + context + yaml.getProblem());
    }

    private void tell(String what) {
        tell(1, name + ": " + what);
    }

    private void tellAt(int line, int column, String what) {
        tell(line, name + ":" + line + ":" + column + ": " + what);
    }

    private void tell(int line, String text) {
        own.add(new Told(line, text));
    }
}
