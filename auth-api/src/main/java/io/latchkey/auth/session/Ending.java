package io.latchkey.auth.session;

import io.latchkey.events.AdminActed;
import io.latchkey.events.AppId;
import io.latchkey.events.EndReason;
import io.latchkey.events.SessionId;
import io.latchkey.events.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions end, why, and at whose request.
 *
 * @param byAdministrator recorded besides, where it is the administrator's doing and any ends, or
 *     all of a user might (A1)
 */
public record Ending(
        Which which, EndReason reason, String requestId, @Nullable AdminActed byAdministrator) {
    public Ending(Which which, EndReason reason, String requestId) {
        this(which, reason, requestId, null);
    }

    /** The rest of it, which was recorded before. */
    Ending late() {
        return new Ending(which, reason, requestId);
    }

    /** A choice of sessions; only those that are alive are ended. */
    public sealed interface Which {}

    /** One, if it is of this tenant. */
    public record OneOfTenant(SessionId id, String tenant) implements Which {}

    /** One, if it is this app's. */
    public record OneOfApp(SessionId id, AppId appId) implements Which {}

    /** One, if it is this user's. */
    public record OneOfUser(SessionId id, UserId userId) implements Which {}

    /** A session of our pages, and those with whatever app that began by it. */
    public record OfBrowser(SessionId hosted) implements Which {}

    /** Every one of a user, with whatever app, our own pages among them. */
    public record AllOfUser(UserId userId) implements Which {}

    /** The session of our pages that this one began by, unless another that did so is alive. */
    public record UnusedHosted(SessionId begun, AppId appId) implements Which {}
}
