package tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/// Other classes in the place of some of the server's.
public final class Patch {

    private Patch() {}

    /// Compiles changed sources.
    ///
    /// @param folder where sources and classes go
    /// @param changed the new text of each file
    /// @return what has to come before the server's own classes
    public static Path of(Path folder, Map<Path, String> changed) throws IOException {
        var patch = Files.createDirectory(folder.resolve("patch"));
        var arguments =
                new ArrayList<>(
                        List.of(
                                "-nowarn",
                                "-proc:none",
                                "-parameters",
                                "-d",
                                patch.toString(),
                                "-cp",
                                System.getProperty("java.class.path")));
        for (var one : changed.entrySet()) {
            var file = folder.resolve(one.getKey().getFileName());
            Files.writeString(file, one.getValue());
            arguments.add(file.toString());
        }
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(String[]::new));
        assertThat(code).as("%s compiles", changed.keySet()).isZero();
        return patch;
    }
}
