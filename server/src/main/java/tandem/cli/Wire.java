package tandem.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One HTTP request, one [Reply]: nothing that can happen on a network is an exception here.
///
/// Redirects are not followed: none of these endpoints has a reason to send one, and following it
/// would carry a token to an address nobody checked.
final class Wire {

    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(35);

    /// Far above any honest answer; a page of a hundred devices takes some 50 kB.
    private static final long LARGEST_BODY = 4L * 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    Wire(InstantSource clock) {
        this.clock = clock;
    }

    Reply get(URI address) {
        return send(HttpRequest.newBuilder(address).GET());
    }

    Reply get(URI address, String accessToken) {
        return send(bearer(HttpRequest.newBuilder(address).GET(), accessToken));
    }

    Reply delete(URI address, String accessToken) {
        return send(bearer(HttpRequest.newBuilder(address).DELETE(), accessToken));
    }

    Reply post(URI address, Map<String, String> form) {
        String body =
                form.entrySet().stream()
                        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder bearer(HttpRequest.Builder request, String accessToken) {
        return request.header("Authorization", "Bearer " + accessToken);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private Reply send(HttpRequest.Builder builder) {
        HttpRequest request =
                builder.timeout(REQUEST_TIMEOUT)
                        .header("Accept", "application/json")
                        .header("User-Agent", "tandem-cli")
                        .build();
        try {
            return read(
                    http.send(
                            request,
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_BODY)));
        } catch (IOException e) {
            return new Reply.None(reason(request.uri(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.None("interrupted");
        }
    }

    private Reply read(HttpResponse<byte[]> response) {
        Optional<Duration> retryAfter =
                response.headers()
                        .firstValue("Retry-After")
                        .flatMap(this::retryAfter)
                        .map(asked -> asked.compareTo(Reply.LONGEST) < 0 ? asked : Reply.LONGEST);
        try {
            JsonNode body = JSON.readTree(response.body());
            if (body.isContainer()) {
                return new Reply.Json(response.statusCode(), body, retryAfter);
            }
        } catch (JacksonException e) {
            // Told below as what it is: not JSON. Its message may quote the body, so it goes no
            // further.
        }
        String type = response.headers().firstValue("Content-Type").orElse("no content type");
        return new Reply.NotJson(response.statusCode(), type, retryAfter);
    }

    /// Seconds or an HTTP date, [RFC 9110
    /// §10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3).
    private Optional<Duration> retryAfter(String value) {
        try {
            if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
            }
            Duration left =
                    Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
            return Optional.of(left).filter(Duration::isPositive);
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String reason(URI address, IOException e) {
        String server = address.getRawAuthority();
        return switch (e) {
            case HttpTimeoutException _ -> server + " did not answer in time";
            case ConnectException c when hasCause(c, UnresolvedAddressException.class) ->
                    server + " is not a known host";
            case ConnectException _ -> server + " cannot be reached";
            case SSLException _ -> "no secure connection to " + server + ": " + e.getMessage();
            default -> "the connection to " + server + " broke off";
        };
    }

    private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
