package tandem.keys;

import java.nio.charset.StandardCharsets;
import tandem.web.Handler;
import tandem.web.PublicDocument;
import tandem.web.Request;
import tandem.web.Response;

/// `GET /.well-known/jwks.json`. [RFC 7517 §5](https://www.rfc-editor.org/rfc/rfc7517#section-5)
public record JwksEndpoint(KeyRing keys) implements Handler {

    @Override
    public Response handle(Request request) {
        return PublicDocument.of(request, keys.jwks().getBytes(StandardCharsets.UTF_8));
    }
}
