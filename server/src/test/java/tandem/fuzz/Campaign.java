package tandem.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One target in a process of its own for a while: Jazzer can start once in a process, and a target
/// that hangs or eats all memory must not take the tests along.
///
/// @param folder for everything the process writes
/// @param corpus where inputs that reached something new are kept, and found the next time
record Campaign(Target target, Path folder, Path corpus, Duration length) {

    /// How long one input may take.
    private static final Duration HANG = Duration.ofSeconds(20);

    /// For starting, for the seeds, and for the last input.
    private static final Duration AROUND = Duration.ofSeconds(90);

    private static final int LENGTH_MAX = 4096;
    private static final Pattern COUNT = Pattern.compile("stat::number_of_executed_units: (\\d+)");
    private static final Pattern COVER = Pattern.compile("#\\d+\\s+(\\S+)\\s+cov: (\\d+)");

    /// What became of it.
    ///
    /// @param input the one that broke something
    /// @param executions 0 when the process did not live to count them
    /// @param before how many places of the code the seeds reached
    /// @param after how many were reached in the end
    record End(
            boolean good,
            Optional<byte[]> input,
            long executions,
            long before,
            long after,
            String output) {}

    End run() throws IOException, InterruptedException {
        var seeds = Files.createDirectories(folder.resolve("seeds"));
        var random = new Random();
        int count = 0;
        for (var seed : target.seeds(random)) {
            Files.write(seeds.resolve("seed-" + count++), seed);
        }
        Files.createDirectories(corpus);
        Files.createDirectories(folder.resolve("scene"));
        Files.writeString(folder.resolve("words.dict"), Words.dictionary(target.words(random)));
        var log = folder.resolve("jazzer.log").toFile();
        var process =
                new ProcessBuilder(command(seeds))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start();
        boolean ended;
        try {
            var patience = length.plus(AROUND);
            ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly();
        }
        var output = Files.readString(log.toPath(), StandardCharsets.ISO_8859_1);
        return new End(
                ended && process.exitValue() == 0,
                found(),
                last(COUNT, 1, output),
                covered("INITED", output),
                last(COVER, 2, output),
                output);
    }

    private List<String> command(Path seeds) {
        return Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        // Jazzer attaches its agent to itself, and reads fields the old way.
                        "-XX:+EnableDynamicAgentLoading",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath(),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + InJazzer.class.getName(),
                        "--target_args=" + target + " " + folder.resolve("scene"),
                        "--instrumentation_includes=" + target.instrumented(),
                        "--custom_hook_includes=" + target.instrumented(),
                        "--disabled_hooks=" + disabled(),
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + File.separator,
                        "-dict=" + folder.resolve("words.dict"),
                        "-max_total_time=" + length.toSeconds(),
                        "-timeout=" + HANG.toSeconds(),
                        "-max_len=" + LENGTH_MAX,
                        "-rss_limit_mb=0",
                        "-print_final_stats=1",
                        corpus.toString(),
                        seeds.toString())
                .toList();
    }

    /// Of Jazzer's own detectors those for SQL and regular expressions stay, and its guidance. Two
    /// would complain of what is right: whoever writes the configuration may name any file, and a
    /// server is connected to. The others look for what is not here, and each makes starting
    /// slower.
    private static String disabled() {
        return Stream.of(
                        "ClojureLangHooks",
                        "Deserialization",
                        "ExpressionLanguageInjection",
                        "FilePathTraversal",
                        "LdapInjection",
                        "NamingContextLookup",
                        "OsCommandInjection",
                        "ReflectiveCall",
                        "ScriptEngineInjection",
                        "ServerSideRequestForgery",
                        "TemplateInjection",
                        "UnsafeSanitizer",
                        "XPathInjection",
                        "XmlParserSsrfGuidance")
                .map(name -> "com.code_intelligence.jazzer.sanitizers." + name)
                .collect(Collectors.joining(":"));
    }

    /// Under surefire the class path proper stands behind that of a jar that names it.
    private static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private Optional<byte[]> found() throws IOException {
        try (var files = Files.list(folder)) {
            var found = files.filter(Campaign::isFinding).findFirst();
            return found.isPresent()
                    ? Optional.of(Files.readAllBytes(found.get()))
                    : Optional.empty();
        }
    }

    private static boolean isFinding(Path file) {
        var name = file.getFileName().toString();
        return name.startsWith("crash-") || name.startsWith("timeout-") || name.startsWith("oom-");
    }

    private static long last(Pattern pattern, int group, String output) {
        return pattern.matcher(output)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(group)))
                .reduce(0, (first, next) -> next);
    }

    private static long covered(String when, String output) {
        return COVER.matcher(output)
                .results()
                .filter(match -> match.group(1).equals(when))
                .mapToLong(match -> Long.parseLong(match.group(2)))
                .findFirst()
                .orElse(0);
    }
}
