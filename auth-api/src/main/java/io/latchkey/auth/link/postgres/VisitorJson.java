package io.latchkey.auth.link.postgres;

import io.latchkey.auth.link.Visitor;
import io.latchkey.events.EventContext;
import io.latchkey.events.Outcome;
import io.latchkey.events.wire.EventJson;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The part of an event that a request contributes, for statements that write the rest of it. */
@Component
class VisitorJson {
    private final JsonMapper json = EventJson.mapper();

    String success(Visitor visitor) {
        return json.writeValueAsString(
                EventContext.of(null, null, visitor.requestId())
                        .withClient(visitor.ip(), visitor.userAgent())
                        .withOutcome(Outcome.SUCCESS, null));
    }

    String refused(Visitor visitor, String reason) {
        return json.writeValueAsString(
                EventContext.of(null, null, visitor.requestId())
                        .withClient(visitor.ip(), visitor.userAgent())
                        .withOutcome(Outcome.REFUSED, reason));
    }

    /** Of an app's call, about which only the request is known. */
    String success(String requestId) {
        return json.writeValueAsString(
                EventContext.of(null, null, requestId).withOutcome(Outcome.SUCCESS, null));
    }
}
