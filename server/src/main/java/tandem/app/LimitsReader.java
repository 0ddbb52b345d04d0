package tandem.app;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tandem.manage.Nearest;
import tandem.web.Limits;
import tandem.web.Limits.Limit;
import tandem.web.Limits.Rate;

/// Reads `limits`: all of them on, all off, or each as it is named; one that is not named stays.
final class LimitsReader {

    static final int COUNT_MAX = 1_000_000;
    static final Duration PERIOD_MIN = Duration.ofSeconds(1);
    static final Duration PERIOD_MAX = Duration.ofDays(30);

    private static final List<String> PARTS = List.of("burst", "refill", "period");
    private static final String FORMS =
            "is neither default nor off nor a map, such as {burst: 10, refill: 1, period: 1m}";
    private static final String ALL_FORMS =
            "is neither default nor off nor a map of limits, such as {wrong_codes: off}";

    private final Mistakes mistakes;

    LimitsReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /// What a word says of one or of all limits.
    private enum Word {
        DEFAULT,
        OFF,
        NEITHER
    }

    Map<Limit, Rate> read(Optional<Given> given, Environment environment) {
        var rates = new EnumMap<Limit, Rate>(Limit.class);
        rates.putAll(Limits.standard());
        given.ifPresent(limits -> readAll(limits, rates));
        for (var limit : Limit.values()) {
            environment.given(limit).ifPresent(one -> readOne(limit, one, rates));
        }
        return rates;
    }

    private void readAll(Given given, Map<Limit, Rate> rates) {
        switch (word(given)) {
            case DEFAULT -> {}
            case OFF -> rates.clear();
            case NEITHER -> {
                if (given.value().isObject()) {
                    readMap(given, rates);
                } else {
                    mistakes.add(given, ALL_FORMS);
                }
            }
        }
    }

    private void readMap(Given given, Map<Limit, Rate> rates) {
        for (var name : given.value().propertyNames()) {
            var limit = Limit.of(name);
            if (limit.isPresent()) {
                readOne(limit.get(), given.at(name), rates);
            } else {
                mistakes.add(
                        given.at(name),
                        "is no limit"
                                + Nearest.question(
                                        name,
                                        Arrays.stream(Limit.values()).map(Limit::wire).toList()));
            }
        }
    }

    private void readOne(Limit limit, Given given, Map<Limit, Rate> rates) {
        switch (word(given)) {
            case DEFAULT -> rates.put(limit, limit.standard());
            case OFF -> rates.remove(limit);
            case NEITHER -> {
                if (given.value().isObject()) {
                    rates.put(limit, rate(limit.standard(), given));
                } else {
                    mistakes.add(given, FORMS);
                }
            }
        }
    }

    private Rate rate(Rate standard, Given given) {
        for (var name : given.value().propertyNames()) {
            if (!PARTS.contains(name)) {
                mistakes.add(
                        given.at(name), "is no part of a limit" + Nearest.question(name, PARTS));
            }
        }
        return new Rate(
                part(given, "burst").flatMap(this::count).orElse(standard.burst()),
                part(given, "refill").flatMap(this::count).orElse(standard.refill()),
                part(given, "period")
                        .flatMap(part -> mistakes.scalar(part, LimitsReader::period))
                        .orElse(standard.period()));
    }

    private static Optional<Given> part(Given given, String name) {
        return Optional.of(given.at(name)).filter(part -> !part.value().isMissingNode());
    }

    private Optional<Integer> count(Given given) {
        var value = given.value();
        if (value.isIntegralNumber()
                && value.canConvertToInt()
                && value.intValue() >= 1
                && value.intValue() <= COUNT_MAX) {
            return Optional.of(value.intValue());
        }
        mistakes.add(given, "is not a whole number from 1 to " + COUNT_MAX);
        return Optional.empty();
    }

    private static Parsed<Duration> period(String text) {
        return Durations.within(PERIOD_MIN, PERIOD_MAX, text);
    }

    /// YAML 1.1 reads a bare `off` as false; people who write one mean the other.
    private static Word word(Given given) {
        var value = given.value();
        if (value.isNull()) {
            return Word.DEFAULT;
        }
        return switch (given.isScalar() ? given.text() : "") {
            case "default", "on", "true" -> Word.DEFAULT;
            case "off", "false" -> Word.OFF;
            default -> Word.NEITHER;
        };
    }
}
