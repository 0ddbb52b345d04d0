package tandem.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogoTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\u0089PNG\r\n\u001a\nrest' | image/png | .png",
                "'\u00ff\u00d8\u00ff\u00e0rest' | image/jpeg | .jpg",
                "'RIFF1234WEBPVP8 ' | image/webp | .webp",
                "'<svg xmlns=\"x\"/>' | image/svg+xml | .svg",
                "'<?xml version=\"1.0\"?>\n<svg/>' | image/svg+xml | .svg"
            })
    void a_picture_is_told_by_its_first_bytes(String content, String contentType, String ending) {
        var logo = Logo.of(content.getBytes(ISO_8859_1)).orElseThrow();
        assertThat(logo.contentType()).isEqualTo(contentType);
        assertThat(logo.path()).startsWith("/logos/").endsWith(ending);
        assertThat(logo.content()).isEqualTo(content.getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html><body>", "GIF89a", "password: hunter2", "RIFF1234WAVE", "svg"})
    void anything_else_is_none(String content) {
        assertThat(Logo.of(content.getBytes(ISO_8859_1))).isEmpty();
    }

    @Test
    void a_logo_of_64_KiB_is_the_largest() {
        var svg = new byte[Logo.BYTES_MAX];
        Arrays.fill(svg, (byte) ' ');
        System.arraycopy("<svg/>".getBytes(ISO_8859_1), 0, svg, 0, 6);
        assertThat(Logo.of(svg)).isPresent();
        assertThat(Logo.of(Arrays.copyOf(svg, svg.length + 1))).isEmpty();
    }

    @Test
    void another_content_has_another_path() {
        var one = Logo.of("<svg/>".getBytes(ISO_8859_1)).orElseThrow();
        var other = Logo.of("<svg />".getBytes(ISO_8859_1)).orElseThrow();
        assertThat(one.path()).isNotEqualTo(other.path());
    }
}
