package io.latchkey.standalone;

import io.latchkey.standalone.LoopbackPorts.Listener;
import java.util.HashMap;
import java.util.Map;

/** What each service is told about the others, in the words of its own configuration. */
final class ServiceSettings {
    /**
     * One process does not need the consumers of a whole worker, each of which costs threads, and
     * shares its 30 s to stop with the others. What the user sets comes first.
     */
    static final String[] MAIL_DEFAULTS = {
        "latchkey.mail.concurrency=16", "latchkey.mail.drain=10s"
    };

    private final Settings settings;
    private final Secrets secrets;
    private final Map<Listener, Integer> ports;

    ServiceSettings(Settings settings, Secrets secrets, Map<Listener, Integer> ports) {
        this.settings = settings;
        this.secrets = secrets;
        this.ports = ports;
    }

    Map<String, Object> auth(Map<String, String> database, Map<String, String> kafka) {
        var result = listening(Listener.AUTH_API);
        result.putAll(database);
        result.putAll(kafka);
        result.putAll(DemoApp.settings(secrets.demoClientId(), secrets.demoClientSecret()));
        result.put("latchkey.public-url", publicUrl());
        result.put("latchkey.keys", secrets.keys());
        result.put("latchkey.subject-key", secrets.subjectKey());
        result.put("latchkey.admin-token", secrets.adminToken());
        return result;
    }

    Map<String, Object> mail(Map<String, String> kafka, Map<String, String> relay) {
        var result = listening(Listener.MAIL_WORKER);
        result.putAll(kafka);
        result.putAll(relay);
        result.put("latchkey.public-url", publicUrl());
        result.put("latchkey.mail-keys", secrets.mailKeys());
        result.put("latchkey.mail-admin-token", secrets.mailAdminToken());
        return result;
    }

    Map<String, Object> audit(Map<String, String> database, Map<String, String> kafka) {
        var result = listening(Listener.AUDIT_CONSUMER);
        result.putAll(database);
        result.putAll(kafka);
        result.put("latchkey.public-url", publicUrl());
        // Straight to the neighbour: the public URL may lead through a proxy that is not up yet.
        result.put("latchkey.jwks-url", url(Listener.AUTH_API) + "/oauth2/jwks");
        result.put("latchkey.subject-key", secrets.subjectKey());
        result.put("latchkey.audit-token", secrets.auditToken());
        result.put("latchkey.checkpoint.key", secrets.checkpointKey());
        return result;
    }

    /** Without a service: the page that mails are read on. */
    Map<String, Object> inbox() {
        var result = listening(Listener.INBOX);
        result.put("latchkey.inbox.loopback-names-only", settings.serverAddress().isEmpty());
        return result;
    }

    String publicUrl() {
        return settings.standalone()
                .configuredPublicUrl()
                .map(Object::toString)
                .orElseGet(() -> url(Listener.AUTH_API));
    }

    String url(Listener listener) {
        return "http://localhost:" + ports.get(listener);
    }

    /** On loopback, unless the user wants it otherwise: the inbox is open to whoever reaches it. */
    private Map<String, Object> listening(Listener listener) {
        var result = new HashMap<String, Object>();
        result.put("server.port", ports.get(listener));
        if (settings.serverAddress().isEmpty()) {
            result.put("server.address", "127.0.0.1");
        }
        result.put("spring.lifecycle.timeout-per-shutdown-phase", "10s");
        return result;
    }
}
