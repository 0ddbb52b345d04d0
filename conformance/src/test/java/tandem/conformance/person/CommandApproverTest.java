package tandem.conformance.person;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the end of the operator's command means.
class CommandApproverTest {
    @TempDir private Path folder;

    @BeforeEach
    void needsShell() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh");
    }

    @Test
    void the_command_gets_page_code_and_wish() throws IOException {
        var approver =
                command("test $1 = https://as.example/device && test $2 = BCDF && test $3 = deny");

        assertThatCode(() -> decides(approver)).doesNotThrowAnyException();
    }

    @Test
    void three_says_that_there_is_no_such_choice_and_anything_else_that_the_way_was_lost()
            throws IOException {
        var undecided = command("exit 3");
        var lost = command("exit 1");

        assertThatExceptionOfType(NoSuchChoice.class).isThrownBy(() -> decides(undecided));
        assertThatExceptionOfType(Lost.class).isThrownBy(() -> decides(lost));
    }

    private Approver command(String script) throws IOException {
        var file = Files.writeString(Files.createTempFile(folder, "approve", ".sh"), script);
        return new CommandApprover("/bin/sh " + file + " {uri} {user_code} {wish}");
    }

    private static void decides(Approver approver) {
        var visitor =
                new Visitor(request -> {
                    throw new IllegalStateException("the command goes by itself");
                });
        approver.decides(visitor, URI.create("https://as.example/device"), "BCDF", Wish.DENY);
    }
}
