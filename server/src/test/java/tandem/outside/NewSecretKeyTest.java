package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// An operator puts a new secret key before the old one: nobody notices.
class NewSecretKeyTest {
    private static final int KEY_BYTES = 32;

    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    @Test
    void codes_links_and_sign_ins_from_before_go_on(@TempDir Path folder) throws IOException {
        tandem.startsIn(folder);
        var person = tandem.browser();
        var approved = tandem.device("tv");
        person.approves(approved, TandemProcess.EMAIL, TandemProcess.PASSWORD);
        var linked = tandem.linkedTelevision();
        var asked = tandem.device("tv");

        tandem.isKilled();
        putsNewKeyFirst(folder.resolve("data/secret.key"));
        tandem.starts();

        assertThat(person.opens("/account").page().body()).contains(TandemProcess.EMAIL);
        assertThat(approved.polls().status()).isEqualTo(200);
        assertThat(linked.refreshes().status()).isEqualTo(200);
        assertThat(asked.polls().error()).isEqualTo("authorization_pending");
        person.approves(asked, TandemProcess.EMAIL, TandemProcess.PASSWORD);
        assertThat(asked.polls().status()).isEqualTo(200);
        assertThat(asked.refreshes().status()).isEqualTo(200);
        assertThat(tandem.linkedTelevision().refreshes().status()).isEqualTo(200);
    }

    private static void putsNewKeyFirst(Path file) throws IOException {
        var key = new byte[KEY_BYTES];
        new Random(1).nextBytes(key);
        var lines = new ArrayList<>(Files.readAllLines(file));
        lines.addFirst("NewFirst " + Base64.getEncoder().encodeToString(key));
        Files.write(file, lines);
    }
}
