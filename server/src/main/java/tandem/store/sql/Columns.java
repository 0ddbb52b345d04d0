package tandem.store.sql;

import java.lang.reflect.Type;
import java.sql.Types;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jspecify.annotations.Nullable;
import tandem.model.Account.PasswordHash;
import tandem.model.EventType;
import tandem.model.RowId;
import tandem.model.SigningAlgorithm;
import tandem.oauth.ClientId;
import tandem.oauth.Scopes;
import tandem.oauth.Sealed;
import tandem.oauth.SecretHash;

/// How the types of the model become column values, the same in every database.
///
/// It takes every value that is ever bound, so that Jdbi never searches further: a type missing
/// here is an error at its first use, not a column of another form.
final class Columns implements ArgumentFactory.Preparable {

    private static final Argument ABSENT =
            (position, statement, context) -> statement.setNull(position, Types.NULL);

    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
        return Optional.of(Columns::argument);
    }

    private static Argument argument(@Nullable Object value) {
        return switch (value) {
            case String text -> text(text);
            case Long number -> number(number);
            case Integer number -> number(number);
            case Boolean flag -> number(flag ? 1 : 0);
            case Instant at -> number(at.toEpochMilli());
            case RowId id -> number(id.value());
            case ClientId id -> text(id.value());
            case SecretHash hash -> text(hash.value());
            case Sealed sealed -> text(sealed.value());
            case PasswordHash hash -> text(hash.value());
            case Scopes scopes -> text(scopes.toString());
            case EventType event -> text(event.wire());
            case SigningAlgorithm algorithm -> text(algorithm.wire());
            case Enum<?> word -> text(word.name().toLowerCase(Locale.ROOT));
            case Optional<?> optional -> optional.isPresent() ? argument(optional.get()) : ABSENT;
            case null -> throw new IllegalArgumentException("bind an empty Optional, not null");
            default -> throw new IllegalArgumentException("no column form: " + value.getClass());
        };
    }

    private static Argument text(String value) {
        return (position, statement, context) -> statement.setString(position, value);
    }

    private static Argument number(long value) {
        return (position, statement, context) -> statement.setLong(position, value);
    }
}
