package tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {

    private static final String RESOURCES =
            """
            # What is served
            clients:
              - client_id: tv
                name: Acme TV
                grant_types: [ device,
                  refresh_token ]
              - { client_id: ops }
            """;

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "clients, 2",
        "clients[0], 3",
        "clients[0].client_id, 3",
        "clients[0].name, 4",
        "clients[0].grant_types[0], 5",
        "clients[0].grant_types[1], 6",
        "clients[1].client_id, 7"
    })
    void a_mistake_stands_at_the_line_of_its_path(String path, int line) {
        assertThat(tell(RESOURCES, path)).containsExactly("x.yaml:" + line + ": " + path + ": bad");
    }

    @ParameterizedTest
    @CsvSource({
        "clients[1].name, 7",
        "clients[0].a.b[3].c, 3",
        "users, 1",
        "clients[0].grant_types[7], 5"
    })
    void what_is_missing_stands_at_the_line_of_what_should_hold_it(String path, int line) {
        assertThat(tell(RESOURCES, path)).containsExactly("x.yaml:" + line + ": " + path + ": bad");
    }

    @Test
    void mistakes_come_in_the_order_of_their_lines() {
        var told =
                Document.of("x.yaml", "a: 1\nb: 2\na: 3\nc: 4\n")
                        .told(List.of(new Mistake("c", "bad"), new Mistake("b", "bad")));
        assertThat(told)
                .containsExactly(
                        "x.yaml:2: b: bad",
                        "x.yaml:3: a: is given twice, first in line 1",
                        "x.yaml:4: c: bad");
    }

    @Test
    void a_key_given_twice_keeps_its_first_value() {
        var document = Document.of("x.yaml", "a: {b: 1, b: [2, {c: 3}]}\nd: 4\n");
        assertThat(document.root().toString()).isEqualTo("{\"a\":{\"b\":1},\"d\":4}");
        assertThat(document.told(List.of()))
                .containsExactly("x.yaml:1: a.b: is given twice, first in line 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: [1, 2\\nb: 3 | x.yaml:2:2: is not YAML: while parsing a flow sequence, expected ',' or ']', but got :",
                "a: 1\\nb\\nc: 2 | x.yaml:2:1: is not YAML: while scanning a simple key, could not find expected ':'",
                "a: 1\\nb: 'x\\nc: 2 | x.yaml:2:4: is not YAML: while scanning a quoted scalar, found unexpected end of stream",
                "a: b: c | x.yaml:1:5: is not YAML: mapping values are not allowed here",
                "m: ****-**** | x.yaml:1:4: is not YAML: while scanning an alias, unexpected character found *(42)",
                "? [a]\\n: b | x.yaml:1:4: is not YAML",
                "a: 1\\nb: \\u0007 | x.yaml:2:4: there is a control character here",
                "a: 1\\n---\\nb: 2 | x.yaml:3: a second document begins here; a file holds one",
                "a: *nobody | x.yaml:1: a: *nobody names no list or map before it; write the value again, or put a text that begins with * in quotation marks",
                "a: !!binary aGk= | x.yaml:1: a: is neither text, number, list nor map",
            })
    void broken_syntax_is_one_mistake_with_its_place(String text, String told) {
        var written = text.replace("\\n", "\n").replace("\\u0007", "\u0007");
        assertThat(Document.of("x.yaml", written).told(List.of())).containsExactly(told);
    }

    @Test
    void broken_json_is_one_mistake_with_its_place() {
        var document = Document.of("x.json", "{\n  \"a\": 1,\n  \"b\": hunter2\n}");
        assertThat(document.told(List.of())).containsExactly("x.json:3:8: is not JSON");
        assertThat(document.isBroken()).isTrue();
    }

    @Test
    void json_is_read_with_its_lines() {
        var document = Document.of("x.json", "{\n\t\"a\": [\n\t\t{\"b\": 1} ] }");
        assertThat(document.told(List.of(new Mistake("a[0].b", "bad"))))
                .containsExactly("x.json:3: a[0].b: bad");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "database: \"postgresql://tandem:hunter2@db/tandem\\nlisten: 1",
                "database: postgresql://tandem:hunter2@db: x: y",
                "hunter2\\na: b",
                "a: [hunter2, b\\nc: hunter2",
                "? [hunter2]\\n: a",
            })
    void no_mistake_repeats_the_content(String text) {
        for (var name : List.of("x.yaml", "x.json")) {
            var told = Document.of(name, text.replace("\\n", "\n")).told(List.of());
            assertThat(told)
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(one).doesNotContain("hunter2"));
        }
    }

    @Test
    void an_empty_document_is_an_empty_map() {
        assertThat(Document.of("x.yaml", "# nothing yet\n").root().isObject()).isTrue();
    }

    @Test
    void a_mark_of_byte_order_is_no_content() {
        assertThat(Document.of("x.yaml", "\uFEFFa: 1").root().toString()).isEqualTo("{\"a\":1}");
    }

    @Test
    void an_alias_stands_for_what_it_names() {
        var document = Document.of("x.yaml", "a: &p {x: 1}\nb: *p\nc: [*p]\n");
        assertThat(document.root().toString())
                .isEqualTo("{\"a\":{\"x\":1},\"b\":{\"x\":1},\"c\":[{\"x\":1}]}");
        assertThat(document.told(List.of(new Mistake("b.x", "bad"))))
                .containsExactly("x.yaml:2: b.x: bad");
    }

    @Test
    void aliases_of_aliases_do_not_grow_without_bound() {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append(
                    "a%d: &a%d [%s]\n"
                            .formatted(
                                    i,
                                    i,
                                    String.join(
                                            ", ",
                                            java.util.Collections.nCopies(10, "*a" + (i - 1)))));
        }
        assertThat(Document.of("x.yaml", text.toString()).told(List.of()))
                .containsExactly("x.yaml:5: holds more than 100000 values");
    }

    @Test
    void aliases_do_not_nest_without_bound() {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 100; i++) {
            text.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
        }
        assertThat(Document.of("x.yaml", text.toString()).told(List.of()))
                .containsExactly("x.yaml:32: is nested more than 32 deep");
    }

    @Test
    void lists_do_not_nest_without_bound() {
        for (var name : List.of("x.yaml", "x.json")) {
            assertThat(Document.of(name, "\n" + "[".repeat(100_000)).told(List.of()))
                    .containsExactly(name + ":2: is nested more than 32 deep");
        }
    }

    @Test
    void a_file_is_no_larger_than_people_write_them() throws IOException {
        var file = folder.resolve("large.yaml");
        Files.writeString(file, "a: 1\n".repeat(Document.BYTES_MAX / 5 + 1));
        assertThat(Document.read(file).told(List.of()))
                .containsExactly(file + ": is larger than 1048576 bytes");
    }

    @Test
    void a_file_is_in_utf_8() throws IOException {
        var file = folder.resolve("latin.yaml");
        Files.write(file, "name: Zoë".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Document.read(file).told(List.of())).containsExactly(file + ": is not in UTF-8");
    }

    @Test
    void a_file_that_is_not_there_is_a_mistake() {
        var file = folder.resolve("none.yaml");
        assertThat(Document.read(file).told(List.of()))
                .containsExactly(file + ": there is no such file");
    }

    @Test
    void a_folder_is_no_file() {
        assertThat(Document.read(folder).told(List.of()))
                .containsExactly(folder + ": is a folder, not a file");
    }

    @Test
    void a_key_cannot_forge_a_line() {
        assertThat(tell("\"a\\nb\\e[31m\": 1", "a\nb\u001b[31m"))
                .containsExactly("x.yaml:1: a\\nb\\u001b[31m: bad");
    }

    private static List<String> tell(String text, String path) {
        return Document.of("x.yaml", text).told(List.of(new Mistake(path, "bad")));
    }
}
