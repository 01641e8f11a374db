package io.latchkey.auth.user;

import io.latchkey.events.AdminActed;
import io.latchkey.events.EventContext;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a user, as events tell it.
 *
 * @param byAdministrator recorded besides, where it is the administrator's doing (A1)
 */
public record UserAct(EventContext context, @Nullable AdminActed byAdministrator) {}
