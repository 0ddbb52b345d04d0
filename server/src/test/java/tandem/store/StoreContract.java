package tandem.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.assertj.core.api.AbstractLongAssert;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.OptionalAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// An open store, on each database in turn.
@ParameterizedClass
@EnumSource(TestDatabase.class)
abstract class StoreContract {

    @Parameter TestDatabase database = TestDatabase.SQLITE;

    @TempDir Path directory;

    Store store;

    @BeforeEach
    void open() {
        store = database.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /// Closes the store and opens it again, as a restart does.
    void reopen() {
        store.close();
        store = database.open(directory);
    }

    void write(Consumer<Tx> work) {
        store.write(tx -> {
            work.accept(tx);
            return true;
        });
    }

    <R> R read(Function<Tx, R> work) {
        return store.read(work);
    }

    <T> OptionalAssert<T> assertFound(Function<Tx, Optional<T>> query) {
        return assertThat(store.read(query));
    }

    <T> ListAssert<T> assertListed(Function<Tx, List<T>> query) {
        return assertThat(store.read(query));
    }

    AbstractLongAssert<?> assertCount(ToLongFunction<Tx> query) {
        long count = store.read(query::applyAsLong);
        return assertThat(count);
    }

    boolean is(Predicate<Tx> change) {
        return store.write(change::test);
    }

    int swept(ToIntFunction<Tx> sweep) {
        return store.write(sweep::applyAsInt);
    }
}
