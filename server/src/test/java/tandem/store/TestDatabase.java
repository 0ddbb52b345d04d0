package tandem.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tandem.model.Api;
import tandem.model.SigningAlgorithm;
import tandem.model.TokenDialect;
import tandem.store.sql.SqlStore;
import tandem.store.sql.StoreLimits;

/// The databases that the contract is held on: all of them, with nothing in between faked.
enum TestDatabase {
    SQLITE {
        @Override
        Store open(Path directory) {
            var file = directory.resolve("tandem.db");
            return SqlStore.open("sqlite:" + file, List.of(BUILT_IN), StoreLimits.STANDARD);
        }
    },

    POSTGRESQL {
        @Override
        Store open(Path directory) {
            var url = TestPostgresql.databaseOf(directory);
            return SqlStore.open(url, List.of(BUILT_IN), StoreLimits.STANDARD);
        }
    };

    static final Api BUILT_IN =
            new Api(
                    "https://tandem.example/api/v2/",
                    "Management API",
                    List.of(new Api.Scope("read:clients", "See the apps")),
                    Duration.ofHours(8),
                    false,
                    SigningAlgorithm.RS256,
                    TokenDialect.ACCESS_TOKEN);

    /// Opens the database kept in this directory; a second time, what is there already.
    abstract Store open(Path directory);
}
