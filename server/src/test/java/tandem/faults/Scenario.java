package tandem.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tandem.scenario.Answer;

/// A kind of request that is made to fail at each of its calls to the database.
sealed interface Scenario permits OfDevices, OfPeople, OfOperators {

    static List<Scenario> all() {
        return Stream.of(OfDevices.values(), OfPeople.values(), OfOperators.values())
                .flatMap(Stream::<Scenario>of)
                .toList();
    }

    String name();

    /// Makes the scene ready for it.
    Asked on(Scene scene);

    static Predicate<Answer> ok() {
        return answer -> answer.status() == 200;
    }

    static Predicate<Answer> refused(String error) {
        return answer -> answer.status() == 400 && answer.error().equals(error);
    }

    /// The same answer, however often it is asked for.
    static Asked simple(Supplier<Answer> asks, Predicate<Answer> good) {
        return new Asked(asks, good, _ -> assertSays(asks.get(), good));
    }

    static void assertSays(Answer answer, Predicate<Answer> good) {
        assertThat(good.test(answer)).as("%s %s", answer.status(), answer.body()).isTrue();
    }
}
