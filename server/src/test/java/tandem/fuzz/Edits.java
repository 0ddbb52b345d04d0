package tandem.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Reads an input as changes to a good one: which, and then what to do to which of its words. Bytes
/// drawn at random seldom leave a request one; changes do, and get as far as the code behind the
/// first refusal.
final class Edits {
    private static final Pattern WORD =
            Pattern.compile("\\{[a-z_]+\\}|\\$[A-Z]+|[^\\s&=;:,\"{}\\[\\]?/]+");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+([.]\\d+)?");
    private static final int EDITS_MAX = 12;
    private static final int EDIT_BYTES = 4;
    private static final int RAW_MAX = 8;
    private static final int DICTIONARY = 500;

    private final List<String> good;
    private final List<String> pool;

    Edits(List<String> good) {
        this.good = good.stream().map(Edits::bytewise).toList();
        var words = new LinkedHashSet<String>();
        Words.ALL.forEach(word -> words.add(bytewise(word)));
        this.good.forEach(
                text -> WORD.matcher(text).results().forEach(word -> words.add(word.group())));
        pool = List.copyOf(words);
    }

    /// Each byte of the text as a character, since an input need not be text at all.
    private static String bytewise(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    /// Inputs to begin with: each good one as it is, and with a few changes.
    List<byte[]> seeds(RandomGenerator random) {
        var seeds = new ArrayList<byte[]>();
        for (int i = 0; i < good.size(); i++) {
            seeds.add(new byte[] {(byte) i});
            var changed = new byte[1 + EDIT_BYTES * (1 + random.nextInt(2))];
            random.nextBytes(changed);
            changed[0] = (byte) i;
            seeds.add(changed);
        }
        return seeds;
    }

    /// Whole changes, to be put in or to take another's place.
    List<byte[]> words(RandomGenerator random) {
        return IntStream.range(0, DICTIONARY)
                .mapToObj(i -> {
                    var edit = new byte[EDIT_BYTES];
                    random.nextBytes(edit);
                    return edit;
                })
                .toList();
    }

    /// What is fed in the end.
    byte[] made(byte[] input) {
        var script = ByteBuffer.wrap(input);
        if (!script.hasRemaining()) {
            return input;
        }
        var text = good.get(byteOf(script) % good.size());
        for (int i = 0; i < EDITS_MAX && script.remaining() >= EDIT_BYTES; i++) {
            text = edited(text, script);
        }
        return text.getBytes(ISO_8859_1);
    }

    private String edited(String text, ByteBuffer script) {
        var words = WORD.matcher(text).results().toList();
        int deed = byteOf(script) % 9;
        int at = byteOf(script);
        int with = byteOf(script) << 8 | byteOf(script);
        if (words.isEmpty()) {
            return text;
        }
        var word = words.get(at % words.size());
        var before = text.substring(0, word.start());
        var after = text.substring(word.end());
        var among = NUMBER.matcher(word.group()).matches() && with % 2 == 1 ? Words.NUMBERS : pool;
        var other = among.get(with % among.size());
        return switch (deed) {
            case 0 -> before + other + after;
            case 1 -> before + word.group() + other + after;
            case 2 -> before + other + word.group() + after;
            case 3 -> before + after;
            case 4 -> before + words.get(with % words.size()).group() + after;
            case 5 -> before + raw(script, with) + after;
            case 6 -> before + word.group() + raw(script, with) + after;
            case 7 -> again(text, word.start());
            default -> withLine(text, Words.HEADERS.get(at % Words.HEADERS.size()) + other);
        };
    }

    private static String raw(ByteBuffer script, int length) {
        var bytes = new byte[Math.min(script.remaining(), 1 + length % RAW_MAX)];
        script.get(bytes);
        return new String(bytes, ISO_8859_1);
    }

    /// A parameter, a member or a line twice: from the separator before it to the next of its kind.
    private static String again(String text, int at) {
        int from = at;
        while (from > 0 && "&\n,;".indexOf(text.charAt(from - 1)) < 0) {
            from--;
        }
        if (from == 0) {
            return text;
        }
        char separator = text.charAt(from - 1);
        int to = text.indexOf(separator, at);
        var part = text.substring(from, to < 0 ? text.length() : to);
        return text.substring(0, from) + part + separator + text.substring(from);
    }

    private static String withLine(String text, String line) {
        int end = text.indexOf('\n') + 1;
        return end == 0 ? text : text.substring(0, end) + line + "\n" + text.substring(end);
    }

    private static int byteOf(ByteBuffer script) {
        return script.get() & 0xff;
    }

    static List<byte[]> asTheyAre(List<String> good) {
        return good.stream().map(text -> text.getBytes(UTF_8)).toList();
    }
}
