package io.latchkey.auth.app;

import io.latchkey.events.AppId;
import org.jspecify.annotations.Nullable;

/** Whoever holds the administrator's token: of all tenants, and no app. */
public record Administrator() implements Caller {
    /** How events name it. */
    public static final String ACTOR = "administrator";

    /** The tenant of whoever names none. */
    public static final String DEFAULT_TENANT = "default";

    @Override
    public @Nullable AppId appId() {
        return null;
    }

    @Override
    public String actor() {
        return ACTOR;
    }

    @Override
    public boolean mayUse(String tenant) {
        return true;
    }

    @Override
    public String ownTenant() {
        return DEFAULT_TENANT;
    }
}
