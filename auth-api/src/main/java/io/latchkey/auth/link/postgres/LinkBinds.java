package io.latchkey.auth.link.postgres;

import static io.latchkey.auth.platform.Database.text;
import static io.latchkey.auth.platform.Database.time;

import io.latchkey.auth.app.App;
import io.latchkey.auth.limit.Counted;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.wire.CloudEventCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What every link is written with. */
final class LinkBinds {
    private LinkBinds() {}

    /** To be added to. */
    static Map<String, Object> of(
            LinkId id, App app, LinkRequested order, List<Counted> counted, CloudEventCodec codec) {
        var values = new HashMap<String, Object>();
        values.put("id", id.value());
        values.put("app_id", app.id().value());
        values.put("tenant", app.tenant());
        values.put("kid", order.kid());
        values.put("subject", String.valueOf(order.context().subject()));
        values.put("email", order.email());
        values.put("email_masked", String.valueOf(order.context().emailMasked()));
        values.put("intent", order.intent().toString());
        values.put("locale", text(order.locale()));
        values.put("request_id", text(order.context().requestId()));
        values.put("expires_in", Math.toIntExact(order.expiresIn()));
        values.put("deliver_by", time(order.deliverBy()));
        values.put("order", codec.data(order));
        CountedBinds.put(app.id(), counted, values);
        return values;
    }
}
