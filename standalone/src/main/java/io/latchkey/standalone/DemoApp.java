package io.latchkey.standalone;

import io.latchkey.events.AppId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The app that a newcomer's first calls belong to. Auth-api makes it at its first start, and never
 * overwrites it.
 */
final class DemoApp {
    /** Where a newcomer's own app would listen. */
    static final String REDIRECT_URI = "http://localhost:3000/callback";

    private static final List<String> REDIRECT_URIS =
            List.of(
                    REDIRECT_URI,
                    "http://127.0.0.1:3000/callback",
                    "http://localhost:3000/",
                    "http://localhost:3000/authenticate",
                    "http://localhost:3000/verify",
                    "http://localhost:5000/api/callback");
    private static final String PROPERTY = "latchkey.app.configured[0].";

    private DemoApp() {}

    /** Settings of auth-api that bring the app into being. */
    static Map<String, String> settings(AppId clientId, String clientSecret) {
        var settings = new LinkedHashMap<String, String>();
        settings.put(PROPERTY + "client-id", clientId.toString());
        settings.put(PROPERTY + "client-secret", clientSecret);
        settings.put(PROPERTY + "name", "Demo");
        settings.put(PROPERTY + "tenant", "default");
        settings.put(PROPERTY + "type", "confidential");
        settings.put(PROPERTY + "scopes[0]", "audit.read");
        for (int i = 0; i < REDIRECT_URIS.size(); i++) {
            settings.put(PROPERTY + "redirect-uris[" + i + "]", REDIRECT_URIS.get(i));
        }
        settings.put(PROPERTY + "limits.address[0]", "5/15m");
        settings.put(PROPERTY + "limits.address[1]", "20/1d");
        // Whoever tries Latchkey out does so from one network.
        settings.put(PROPERTY + "limits.network[0]", "6000/5m");
        return settings;
    }
}
