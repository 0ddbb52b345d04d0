package tandem.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// An input that broke something, made as short as it still does and told so that it can be
/// repeated.
final class Finding {
    private static final int TRIES_MAX = 2_000;
    private static final Duration SHORTENING_MAX = Duration.ofSeconds(20);
    private static final int STACK_MAX = 2_000;
    private static final Pattern THROWN = Pattern.compile("(?s)== Java Exception: .*|ERROR: .*");

    private final Fuzzed fuzzed;
    private final long end = System.nanoTime() + SHORTENING_MAX.toNanos();
    private int tries;

    private Finding(Fuzzed fuzzed) {
        this.fuzzed = fuzzed;
    }

    /// @param output what Jazzer wrote
    static String told(Target target, byte[] input, String output, Path folder) throws Exception {
        boolean hangs = output.contains("libFuzzer: timeout");
        var shortest = hangs ? Optional.<byte[]>empty() : shortened(target, input, folder);
        var told = shortest.orElse(input);
        var found = THROWN.matcher(output);
        var thrown = found.find() ? found.group() : output;
        return "%s, %s%n%s%nrepeat with -Dtest=FuzzTest -Dtandem.fuzz.repeat=%s:%s%n%s"
                .formatted(
                        target,
                        hangs
                                ? "hangs"
                                : shortest.isPresent() ? "broken by" : "not alone, broken by",
                        literal(told),
                        target,
                        Base64.getEncoder().encodeToString(told),
                        thrown.substring(0, Math.min(thrown.length(), STACK_MAX)));
    }

    /// Empty when the input breaks nothing by itself, in a new place.
    private static Optional<byte[]> shortened(Target target, byte[] input, Path folder)
            throws Exception {
        try (var fuzzed = target.start().in(place(folder))) {
            var finding = new Finding(fuzzed);
            return finding.breaks(input) ? Optional.of(finding.shortened(input)) : Optional.empty();
        }
    }

    private static Path place(Path folder) throws IOException {
        return Files.createDirectories(folder.resolve("again"));
    }

    private byte[] shortened(byte[] input) {
        var shortest = input;
        for (int piece = Math.max(1, input.length / 2); piece >= 1; piece /= 2) {
            for (int from = 0; from < shortest.length; ) {
                var without = without(shortest, from, Math.min(from + piece, shortest.length));
                if (breaks(without)) {
                    shortest = without;
                } else {
                    from += piece;
                }
            }
        }
        return shortest;
    }

    private boolean breaks(byte[] input) {
        if (tries++ > TRIES_MAX || System.nanoTime() > end) {
            return false;
        }
        try {
            fuzzed.take(input);
            return false;
        } catch (Exception | AssertionError | StackOverflowError e) {
            return true;
        }
    }

    private static byte[] without(byte[] bytes, int from, int to) {
        var rest = Arrays.copyOf(bytes, bytes.length - (to - from));
        System.arraycopy(bytes, to, rest, from, bytes.length - to);
        return rest;
    }

    /// As it would stand in a Java source, byte by byte.
    private static String literal(byte[] bytes) {
        var text = new StringBuilder("\"");
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '"', '\\' -> text.append('\\').append(c);
                default ->
                        text.append(
                                c >= 0x20 && c < 0x7f
                                        ? String.valueOf(c)
                                        : "\\u%04x".formatted((int) c));
            }
        }
        return text.append('"').toString();
    }
}
