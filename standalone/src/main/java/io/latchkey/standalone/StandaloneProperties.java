package io.latchkey.standalone;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the standalone keeps its data and listens. Ports are 0 to 65535; 0 means any free one.
 *
 * @param home data directory; everything in it survives a restart
 * @param publicUrl the URL under which browsers reach auth-api, where that is not {@code
 *     http://localhost:<auth port>}
 * @param authPort auth-api
 * @param mailPort mail-worker
 * @param auditPort audit-consumer
 * @param inboxPort first page and inbox
 * @param smtpPort embedded mail relay
 */
@ConfigurationProperties("latchkey")
record StandaloneProperties(
        @DefaultValue(".latchkey") Path home,
        @Nullable URI publicUrl,
        @DefaultValue("8080") int authPort,
        @DefaultValue("8081") int mailPort,
        @DefaultValue("8082") int auditPort,
        @DefaultValue("8025") int inboxPort,
        @DefaultValue("1025") int smtpPort) {

    StandaloneProperties {
        checkPort("LATCHKEY_AUTH_PORT", authPort);
        checkPort("LATCHKEY_MAIL_PORT", mailPort);
        checkPort("LATCHKEY_AUDIT_PORT", auditPort);
        checkPort("LATCHKEY_INBOX_PORT", inboxPort);
        checkPort("LATCHKEY_SMTP_PORT", smtpPort);
    }

    Optional<URI> configuredPublicUrl() {
        return Optional.ofNullable(publicUrl);
    }

    private static void checkPort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new StartFailure(name + ": " + port + " (expected: 0 to 65535)");
        }
    }
}
