package tandem.conformance.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A form as it is sent: names and values in their order, also repeated ones.
public record Form(List<Pair> pairs) {
    public static final String TYPE = "application/x-www-form-urlencoded";

    /// One name and its value.
    public record Pair(String name, String value) {}

    public Form {
        pairs = List.copyOf(pairs);
    }

    /// Names and values by turns.
    public static Form of(String... flat) {
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < flat.length; i += 2) {
            pairs.add(new Pair(flat[i], flat[i + 1]));
        }
        return new Form(pairs);
    }

    /// One more, even where the name is there already.
    public Form with(String name, String value) {
        var more = new ArrayList<>(pairs);
        more.add(new Pair(name, value));
        return new Form(more);
    }

    /// The name once, with this value.
    public Form set(String name, String value) {
        return without(name).with(name, value);
    }

    public Form without(String name) {
        return new Form(pairs.stream().filter(pair -> !pair.name().equals(name)).toList());
    }

    public Optional<String> value(String name) {
        return pairs.stream().filter(pair -> pair.name().equals(name)).map(Pair::value).findFirst();
    }

    public String encoded() {
        return pairs.stream()
                .map(pair -> encode(pair.name()) + "=" + encode(pair.value()))
                .collect(Collectors.joining("&"));
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
