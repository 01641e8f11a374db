package io.latchkey.auth.app;

import io.latchkey.events.AppChanged;
import io.latchkey.events.EventContext;
import io.latchkey.events.Outcome;
import org.jspecify.annotations.Nullable;

/** What is done to apps, as events name it. */
final class AppActs {
    static final String CREATE = "app.create";
    static final String UPDATE = "app.update";
    static final String DELETE = "app.delete";
    static final String ROTATE_SECRET = "secret.rotate";

    private AppActs() {}

    static AppChanged act(App app, String action, String actor, @Nullable String requestId) {
        var context = EventContext.of(app.tenant(), app.id(), requestId);
        return new AppChanged(context.withOutcome(Outcome.SUCCESS, null), action, actor);
    }

    static AppChanged byAdministrator(App app, String action, String requestId) {
        return act(app, action, Administrator.ACTOR, requestId);
    }
}
