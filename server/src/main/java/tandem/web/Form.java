package tandem.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The parameters of a form body or a query, in their order. [RFC 6749 appendix
/// B](https://www.rfc-editor.org/rfc/rfc6749#appendix-B)
///
/// A parameter without a value counts as absent ([RFC 6749
/// §3.2](https://www.rfc-editor.org/rfc/rfc6749#section-3.2)).
public final class Form {

    public static final Form EMPTY = new Form(List.of());

    /// More than any honest form has.
    static final int PARAMETERS_MAX = 200;

    private record Parameter(String name, String value) {}

    private final List<Parameter> parameters;

    private Form(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /// Reads `name=value&…`; empty when a percent-encoding is broken, the bytes are not UTF-8 or
    /// there are too many.
    static Optional<Form> parse(byte[] encoded) {
        var parameters = new ArrayList<Parameter>(8);
        int start = 0;
        while (start <= encoded.length) {
            int end = indexOf(encoded, '&', start, encoded.length);
            if (end > start) {
                int equals = indexOf(encoded, '=', start, end);
                var name = decode(encoded, start, equals);
                var value = equals < end ? decode(encoded, equals + 1, end) : Optional.of("");
                if (name.isEmpty() || value.isEmpty() || parameters.size() == PARAMETERS_MAX) {
                    return Optional.empty();
                }
                parameters.add(new Parameter(name.get(), value.get()));
            }
            start = end + 1;
        }
        return Optional.of(new Form(parameters));
    }

    /// Reads a JSON object whose members are texts, or lists of texts for a parameter that repeats;
    /// empty when it is anything else.
    static Optional<Form> ofJson(byte[] json) {
        var object = Json.read(json).filter(JsonNode::isObject);
        if (object.isEmpty() || object.get().size() > PARAMETERS_MAX) {
            return Optional.empty();
        }
        var parameters = new ArrayList<Parameter>();
        for (var member : object.get().properties()) {
            var values =
                    member.getValue().isArray() ? member.getValue() : List.of(member.getValue());
            for (var value : values) {
                if (!value.isString() || parameters.size() == PARAMETERS_MAX) {
                    return Optional.empty();
                }
                parameters.add(new Parameter(member.getKey(), value.stringValue()));
            }
        }
        return Optional.of(new Form(parameters));
    }

    /// The value, unless absent or empty.
    public Optional<String> text(String name) {
        for (var parameter : parameters) {
            if (parameter.name.equals(name) && !parameter.value.isEmpty()) {
                return Optional.of(parameter.value);
            }
        }
        return Optional.empty();
    }

    /// The names of the parameters, each once.
    public Set<String> names() {
        return parameters.stream().map(Parameter::name).collect(Collectors.toSet());
    }

    /// Every non-empty value of a parameter that may repeat.
    public List<String> all(String name) {
        return parameters.stream()
                .filter(p -> p.name.equals(name) && !p.value.isEmpty())
                .map(Parameter::value)
                .toList();
    }

    /// The first of the known parameters that is given more than once, which none may be ([RFC 6749
    /// §3.2](https://www.rfc-editor.org/rfc/rfc6749#section-3.2)).
    public Optional<String> repeated(Set<String> known) {
        for (int i = 0; i < parameters.size(); i++) {
            var name = parameters.get(i).name;
            if (known.contains(name) && firstIndex(name) < i) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private int firstIndex(String name) {
        int i = 0;
        while (!parameters.get(i).name.equals(name)) {
            i++;
        }
        return i;
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != wanted) {
            i++;
        }
        return i;
    }

    private static Optional<String> decode(byte[] encoded, int from, int to) {
        var decoded = new byte[to - from];
        int length = 0;
        boolean ascii = true;
        for (int i = from; i < to; i++) {
            byte b = encoded[i];
            if (b == '+') {
                b = ' ';
            } else if (b == '%') {
                int high = hex(encoded, i + 1, to);
                int low = hex(encoded, i + 2, to);
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                b = (byte) (high << 4 | low);
                i += 2;
            }
            ascii &= b >= 0;
            decoded[length++] = b;
        }
        return ascii
                ? Optional.of(new String(decoded, 0, length, StandardCharsets.US_ASCII))
                : utf8(decoded, length);
    }

    private static int hex(byte[] encoded, int at, int to) {
        return at < to ? Character.digit(encoded[at], 16) : -1;
    }

    private static Optional<String> utf8(byte[] bytes, int length) {
        var decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            return Optional.of(decoder.decode(ByteBuffer.wrap(bytes, 0, length)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
