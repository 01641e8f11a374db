package io.latchkey.auth.app;

import io.latchkey.events.AdminActed;
import io.latchkey.events.EventContext;
import org.jspecify.annotations.Nullable;

/** What the administrator does to users and sessions, and with mails, as events name it. */
public final class AdminActs {
    public static final String CREATE_USER = "user.create";
    public static final String UPDATE_USER = "user.update";
    public static final String DELETE_USER = "user.delete";
    public static final String REVOKE_SESSION = "session.revoke";
    public static final String REVOKE_SESSIONS = "session.revoke_all";
    public static final String SEND_TEST_MAIL = "mail.test";

    private AdminActs() {}

    /** Null where an app does it: the event of the change itself says which. */
    public static @Nullable AdminActed of(Caller caller, String action, EventContext context) {
        return caller instanceof Administrator
                ? new AdminActed(context, action, caller.actor())
                : null;
    }
}
