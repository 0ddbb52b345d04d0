package tandem.web;

import java.util.List;
import java.util.Optional;
import tandem.model.Origin;

/// A `User-Agent` in words a person understands, as far as that goes: "Firefox on Linux".
///
/// A hint for telling one's own browser from a stranger's, believed by nobody: no version, no list
/// of devices to keep up to date.
public final class Agent {

    /// A mark in the header, and the name people know it by; the first that fits counts, since
    /// newer browsers carry the marks of older ones.
    private record Mark(String text, String name) {}

    private static final List<Mark> BROWSERS =
            List.of(
                    new Mark("Edg", "Edge"),
                    new Mark("OPR/", "Opera"),
                    new Mark("SamsungBrowser", "Samsung Internet"),
                    new Mark("Firefox/", "Firefox"),
                    new Mark("FxiOS", "Firefox"),
                    new Mark("CriOS", "Chrome"),
                    new Mark("Chrome/", "Chrome"),
                    new Mark("Safari/", "Safari"));

    private static final List<Mark> SYSTEMS =
            List.of(
                    new Mark("SMART-TV", "a television"),
                    new Mark("SmartTV", "a television"),
                    new Mark("Tizen", "a Samsung device"),
                    new Mark("Web0S", "an LG television"),
                    new Mark("AppleTV", "Apple TV"),
                    new Mark("PlayStation", "PlayStation"),
                    new Mark("Xbox", "Xbox"),
                    new Mark("Android", "Android"),
                    new Mark("iPhone", "iPhone"),
                    new Mark("iPad", "iPad"),
                    new Mark("Windows", "Windows"),
                    new Mark("Mac OS X", "macOS"),
                    new Mark("CrOS", "ChromeOS"),
                    new Mark("Linux", "Linux"));

    private static final int PRODUCT_MAX = 40;

    private Agent() {}

    public static Optional<String> inWords(Origin origin) {
        var header = origin.agent();
        var browser = name(BROWSERS, header);
        var system = name(SYSTEMS, header);
        if (browser.isPresent() && system.isPresent()) {
            return Optional.of(browser.get() + " on " + system.get());
        }
        return browser.or(() -> product(header));
    }

    private static Optional<String> name(List<Mark> marks, String header) {
        return marks.stream().filter(m -> header.contains(m.text)).map(Mark::name).findFirst();
    }

    /// The first product of the header ([RFC 9110
    /// §10.1.5](https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5)).
    private static Optional<String> product(String header) {
        var first = header.strip().split("[ (]", 2)[0];
        return first.isEmpty()
                ? Optional.empty()
                : Optional.of(first.substring(0, Math.min(first.length(), PRODUCT_MAX)));
    }
}
