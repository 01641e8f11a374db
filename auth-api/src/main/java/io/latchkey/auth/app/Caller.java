package io.latchkey.auth.app;

import io.latchkey.events.AppId;
import org.jspecify.annotations.Nullable;

/** Who calls the native API, proven. */
public sealed interface Caller permits App, Administrator {
    /** The app, where it is one. */
    @Nullable AppId appId();

    /** How events name it: {@code administrator}, or a client id. */
    String actor();

    /**
     * Whether objects of a tenant are its to see and to change. An app's are those of its own
     * tenant; for all others it is told that there is nothing.
     */
    boolean mayUse(String tenant);

    /** The tenant that it acts in unless it names another. */
    String ownTenant();
}
