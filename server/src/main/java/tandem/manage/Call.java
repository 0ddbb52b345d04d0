package tandem.manage;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.oauth.ClientId;
import tandem.web.Request;
import tools.jackson.databind.JsonNode;

/// One call that was let in.
///
/// @param by the client that makes it, for itself
record Call(Request request, ClientId by) {

    String id() {
        return request.pathValue("id");
    }

    /// The names of what was written, for the event.
    static Map<String, String> members(JsonNode written) {
        return Map.of("members", String.join(" ", written.propertyNames()));
    }

    /// The event of a change: who did what to whom, from where. Never what was written, which may
    /// be a secret.
    ///
    /// @param about whom it concerns
    /// @param what the verb and the resource, as a scope names them
    Event changed(Instant now, Event.About about, String what, Map<String, String> more) {
        var details = new HashMap<>(more);
        details.put("by", by.value());
        details.put("what", what);
        return new Event(EventType.ADMIN_CHANGED, now, about.from(request.origin()), details);
    }
}
