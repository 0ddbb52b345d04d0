package tandem.app;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads tokens into a tree and notes the line of every key and element.
///
/// An alias stands for the node it names, which is shared, not copied; yet it is counted as if it
/// were copied, since whoever walks the tree walks it again. The parser reports the anchors of
/// lists and maps only, so single values have no aliases.
final class TreeReader {

    private static final int DEPTH_MAX = 32;
    private static final int NODES_MAX = 100_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// A document that is larger or deeper than any that is meant.
    static final class TooMuch extends RuntimeException {
        private final int line;

        TooMuch(int line, String message) {
            super(message);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    /// A node with what it weighs: itself and all below it.
    private record Built(JsonNode node, int size, int depth) {}

    private final JsonParser parser;
    private final BiConsumer<Integer, String> mistakes;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Built> anchors = new HashMap<>();
    private int size;

    /// @param mistakes takes a line and what is wrong there
    TreeReader(JsonParser parser, BiConsumer<Integer, String> mistakes) {
        this.parser = parser;
        this.mistakes = mistakes;
    }

    /// The tree; an empty map for an empty document.
    JsonNode read() {
        lines.put("", 1);
        var root = parser.nextToken() == null ? NODES.objectNode() : value("", 0).node();
        if (parser.nextToken() != null) {
            mistakes.accept(line(), "a second document begins here; a file holds one");
        }
        return root;
    }

    /// The line of every path that stands in the document.
    Map<String, Integer> lines() {
        return lines;
    }

    private Built value(String path, int depth) {
        if (isAlias()) {
            return aliased(path, depth);
        }
        int before = size;
        grow(1, depth);
        // The token's, before its own children have theirs.
        var anchor = (String) parser.getObjectId();
        var node =
                switch (parser.currentToken()) {
                    case START_OBJECT -> map(path, depth);
                    case START_ARRAY -> list(path, depth);
                    default -> scalar(path);
                };
        var built = new Built(node.node(), size - before, node.depth());
        if (anchor != null) {
            anchors.put(anchor, built);
        }
        return built;
    }

    private Built map(String path, int depth) {
        var map = NODES.objectNode();
        int deepest = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = parser.currentName();
            int line = line();
            var below = Mistake.below(path, key);
            parser.nextToken();
            if (map.has(key)) {
                mistakes.accept(
                        line, below + ": is given twice, first in line " + lines.get(below));
                parser.skipChildren();
            } else {
                lines.put(below, line);
                var built = value(below, depth + 1);
                map.set(key, built.node());
                deepest = Math.max(deepest, built.depth());
            }
        }
        return new Built(map, 0, deepest + 1);
    }

    private Built list(String path, int depth) {
        var list = NODES.arrayNode();
        int deepest = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var item = Mistake.item(path, list.size());
            lines.put(item, line());
            var built = value(item, depth + 1);
            list.add(built.node());
            deepest = Math.max(deepest, built.depth());
        }
        return new Built(list, 0, deepest + 1);
    }

    private Built scalar(String path) {
        return new Built(
                switch (parser.currentToken()) {
                    case VALUE_STRING -> NODES.stringNode(parser.getString());
                    case VALUE_TRUE -> NODES.booleanNode(true);
                    case VALUE_FALSE -> NODES.booleanNode(false);
                    case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
                    case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
                    case VALUE_NULL -> NODES.nullNode();
                    default -> {
                        mistakes.accept(line(), path + ": is neither text, number, list nor map");
                        yield NODES.nullNode();
                    }
                },
                0,
                1);
    }

    private Built aliased(String path, int depth) {
        var name = parser.getString();
        var built = anchors.get(name);
        if (built == null) {
            mistakes.accept(
                    line(),
                    path
                            + ": *"
                            + name
                            + " names no list or map before it; write the value again, or put a"
                            + " text that begins with * in quotation marks");
            return new Built(NODES.nullNode(), 1, 1);
        }
        grow(built.size(), depth + built.depth() - 1);
        return built;
    }

    private void grow(int by, int depth) {
        size += by;
        if (size > NODES_MAX) {
            throw new TooMuch(line(), "holds more than " + NODES_MAX + " values");
        }
        if (depth > DEPTH_MAX) {
            throw new TooMuch(line(), "is nested more than " + DEPTH_MAX + " deep");
        }
    }

    private boolean isAlias() {
        return parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
