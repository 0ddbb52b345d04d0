package tandem.store.sql;

import java.util.Base64;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tandem.model.Logo;
import tandem.store.Logos;

/// Table `logo`. The content is base64, which every database has a type for.
final class SqlLogos implements Logos {

    private final Handle handle;

    SqlLogos(Handle handle) {
        this.handle = handle;
    }

    private static final String ADD =
            "INSERT INTO logo (path, content) VALUES (:path, :content) ON CONFLICT DO NOTHING";

    @Override
    public void add(Logo logo) {
        handle.createUpdate(ADD).bind("path", logo.path()).bind("content", logo.base64()).execute();
    }

    private static final String AT = "SELECT content FROM logo WHERE path = :path";

    @Override
    public Optional<Logo> at(String path) {
        return handle.createQuery(AT)
                .bind("path", path)
                .mapTo(String.class)
                .findOne()
                .flatMap(content -> Logo.of(Base64.getDecoder().decode(content)));
    }
}
