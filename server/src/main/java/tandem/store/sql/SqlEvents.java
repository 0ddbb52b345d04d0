package tandem.store.sql;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Origin;
import tandem.model.RowId;
import tandem.oauth.ClientId;
import tandem.store.Events;
import tandem.store.Page;

/// Table `event`: appended to, never changed, on PostgreSQL in slices of thirty days. Its key is
/// never used twice, since readers of the stream remember how far they came.
final class SqlEvents implements Events {

    private static final Map<String, EventType> TYPES =
            Arrays.stream(EventType.values())
                    .collect(toUnmodifiableMap(EventType::wire, type -> type));

    private static final String COLUMNS =
            """
            id, type, happened_at, user_id, client, link, device_authorization,
            origin_address, origin_agent, details
            """;

    /// How many events one transaction may tell of; the migrations know it, too.
    static final int PLACES = 4_096;

    private final Handle handle;
    private final Nodes nodes;
    private final Consumer<EventType> counter;
    private int told;

    /// @param counter is told of each event that is added
    SqlEvents(Handle handle, Nodes nodes, Consumer<EventType> counter) {
        this.handle = handle;
        this.nodes = nodes;
        this.counter = counter;
    }

    private static final Map<Nodes, String> ADD =
            Arrays.stream(Nodes.values())
                    .collect(toUnmodifiableMap(nodes -> nodes, nodes -> add(nodes.eventId())));

    private static String add(String id) {
        return """
        INSERT INTO event
            (id, type, happened_at, user_id, client, link, device_authorization,
             origin_address, origin_agent, details)
        VALUES
            (%s, :type, :happened_at, :user_id, :client, :link, :device_authorization,
             :origin_address, :origin_agent, :details)
        """
                .formatted(id);
    }

    @Override
    public void add(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        if (told + events.size() > PLACES) {
            throw new IllegalStateException("a transaction tells of too many events");
        }
        var batch = handle.prepareBatch(Objects.requireNonNull(ADD.get(nodes)));
        batch.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        for (var event : events) {
            var about = event.about();
            batch.bind("place", told++)
                    .bind("type", event.type())
                    .bind("happened_at", event.at())
                    .bind("user_id", about.userId())
                    .bind("client", about.client())
                    .bind("link", about.link())
                    .bind("device_authorization", about.deviceAuthorization())
                    .bind("origin_address", about.origin().map(Origin::address))
                    .bind("origin_agent", about.origin().map(Origin::agent))
                    .bind("details", Details.write(event.details()))
                    .add();
        }
        batch.execute();
        events.forEach(event -> counter.accept(event.type()));
    }

    @Override
    public List<Logged> after(long from, Filter filter, int limit) {
        var sql =
                "SELECT "
                        + COLUMNS
                        + "FROM event WHERE id > :from AND id < (SELECT below FROM settled)"
                        + where(filter)
                        + " ORDER BY id LIMIT :limit";
        return bind(handle.createQuery(sql), filter)
                .bind("from", from)
                .bind("limit", limit)
                .map(SqlEvents::read)
                .list();
    }

    @Override
    public List<Logged> newest(Filter filter, Page page) {
        var sql =
                "SELECT "
                        + COLUMNS
                        + "FROM event WHERE id > 0"
                        + where(filter)
                        + " ORDER BY id DESC LIMIT :limit OFFSET :offset";
        return bind(handle.createQuery(sql), filter)
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map(SqlEvents::read)
                .list();
    }

    @Override
    public long count(Filter filter) {
        var sql =
                "SELECT count(*) FROM (SELECT 1 FROM event WHERE id > 0"
                        + where(filter)
                        + " LIMIT :most) AS counted";
        return bind(handle.createQuery(sql), filter)
                .bind("most", COUNT_MAX)
                .mapTo(Long.class)
                .one();
    }

    private static final String BY_ID = "SELECT " + COLUMNS + "FROM event WHERE id = :id";

    @Override
    public Optional<Logged> byId(long id) {
        return handle.createQuery(BY_ID).bind("id", id).map(SqlEvents::read).findFirst();
    }

    @Override
    public int sweep(Instant now, Instant cutoff, int limit) {
        return nodes.forgetEvents(handle, now, cutoff, limit);
    }

    /// The conditions of a filter. Only those that are asked for, so that each finds its index.
    private static String where(Filter filter) {
        return (filter.type().isPresent() ? " AND type = :type" : "")
                + (filter.userId().isPresent() ? " AND user_id = :user_id" : "")
                + (filter.client().isPresent() ? " AND client = :client" : "")
                + (filter.link().isPresent() ? " AND link = :link" : "");
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Filter filter) {
        filter.type().ifPresent(type -> statement.bind("type", type));
        filter.userId().ifPresent(id -> statement.bind("user_id", id));
        filter.client().ifPresent(id -> statement.bind("client", id));
        filter.link().ifPresent(id -> statement.bind("link", id));
        return statement;
    }

    private static Logged read(ResultSet row, StatementContext context) throws SQLException {
        long asked = row.getLong("device_authorization");
        var deviceAuthorization =
                row.wasNull() ? Optional.<RowId>empty() : Optional.of(new RowId(asked));
        var origin =
                row.getString("origin_address") == null
                        ? Optional.<Origin>empty()
                        : Optional.of(Rows.origin(row, "origin_"));
        var about =
                new Event.About(
                        Rows.textIfAny(row, "user_id"),
                        Rows.textIfAny(row, "client").map(ClientId::new),
                        Rows.textIfAny(row, "link"),
                        deviceAuthorization,
                        origin);
        var event =
                new Event(
                        type(row.getString("type")),
                        Rows.instant(row, "happened_at"),
                        about,
                        Details.read(row.getString("details")));
        return new Logged(row.getLong("id"), event);
    }

    private static EventType type(String wire) throws SQLException {
        var type = TYPES.get(wire);
        if (type == null) {
            throw new SQLException("unknown type of event: " + wire);
        }
        return type;
    }
}
