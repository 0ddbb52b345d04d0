package tandem.token;

import java.util.Optional;
import tandem.model.Client;
import tandem.web.Form;
import tandem.web.Request;

/// A request of a client that is known, after the steps all endpoints share.
///
/// @param key thumbprint of the key that the request proved to hold, if it proved one ([RFC 9449
///   §4](https://www.rfc-editor.org/rfc/rfc9449#section-4))
public record ClientRequest(Client client, Form form, Request request, Optional<String> key) {}
