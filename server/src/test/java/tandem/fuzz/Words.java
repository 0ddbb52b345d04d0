package tandem.fuzz;

import java.util.List;
import java.util.stream.Collectors;

/// What is worth putting into an input whole: nobody draws it letter by letter.
final class Words {

    static final List<String> ALL =
            List.of(
                    "\u0001",
                    "\u0000",
                    "\u007f",
                    "\r\n",
                    "%00",
                    "%01",
                    "%0d%0a",
                    "%7F",
                    "%u0001",
                    "\\u0001",
                    "<zq>",
                    "%3Czq%3E",
                    "\"'<zq ",
                    "\u00e9",
                    "%C3%A9",
                    "%ff",
                    "\ufeff",
                    "\u202e",
                    "wait=",
                    "wait=1",
                    "q=0.5",
                    "charset=utf-8",
                    "[::1]",
                    "127.0.0.1",
                    "::ffff:1.2.3.4",
                    "%25eth0",
                    "/32",
                    "/129",
                    "..",
                    "%2e%2e%2f",
                    "//",
                    ";",
                    "&",
                    "=",
                    "{",
                    "}",
                    "[",
                    "]",
                    "null",
                    "true",
                    "-1",
                    "1e400",
                    "9223372036854775808",
                    "0x7f",
                    "*a",
                    "&a ",
                    "!!",
                    "<<: ",
                    "---\n",
                    "? ",
                    "|\n ",
                    "\t",
                    "{\"a\":",
                    "client_id=tv",
                    "scope=openid",
                    "resource=",
                    "audience=",
                    "authorization_details=",
                    "grant_type=",
                    "device_code=",
                    "refresh_token=",
                    "token=",
                    "user_code=",
                    "answer=yes",
                    "answer=allow",
                    "Bearer ",
                    "Basic ",
                    "DPoP ",
                    "Prefer: ",
                    "Cookie: ",
                    "Origin: null\n",
                    "X-Forwarded-For: ",
                    "Accept-Language: ",
                    "Content-Type: application/json\n",
                    "Transfer-Encoding: chunked\r\n",
                    "Content-Length: 0\r\n",
                    "Expect: 100-continue\r\n",
                    "HTTP/1.1\r\n",
                    "Connection: close\r\n",
                    "0\r\n\r\n");

    /// With what stands before their value.
    static final List<String> HEADERS =
            List.of(
                    "Origin: ",
                    "Origin: https://",
                    "Prefer: wait=",
                    "Prefer: ",
                    "Cookie: ",
                    "Cookie: tandem=",
                    "Cookie: tandem_ui_locales=",
                    "Authorization: ",
                    "Authorization: Bearer ",
                    "Authorization: DPoP ",
                    "Authorization: Basic ",
                    "DPoP: ",
                    "X-Forwarded-For: ",
                    "X-Forwarded-Proto: ",
                    "X-Forwarded-Host: ",
                    "Forwarded: for=",
                    "Accept-Language: ",
                    "Accept: ",
                    "User-Agent: ",
                    "Sec-Fetch-Site: ",
                    "Content-Type: application/",
                    "Content-Type: ",
                    "Content-Encoding: ",
                    "If-None-Match: ",
                    "Range: bytes=",
                    "X-HTTP-Method-Override: ");

    /// What may stand where a number stands.
    static final List<String> NUMBERS =
            List.of(
                    "0",
                    "-1",
                    "00",
                    "1.5",
                    "1e30",
                    "1e400",
                    "2147483648",
                    "-2147483649",
                    "9223372036854775807",
                    "9223372036854775808",
                    "-9223372036854775809");

    private Words() {}

    /// In the form that libFuzzer reads: one quoted word a line.
    static String dictionary(List<byte[]> words) {
        return words.stream()
                .map(word -> '"' + quoted(word) + "\"\n")
                .collect(Collectors.joining());
    }

    private static String quoted(byte[] word) {
        var text = new StringBuilder();
        for (byte b : word) {
            boolean plain = b > 0x20 && b < 0x7f && b != '"' && b != '\\';
            text.append(plain ? String.valueOf((char) b) : "\\x%02x".formatted(b & 0xff));
        }
        return text.toString();
    }
}
