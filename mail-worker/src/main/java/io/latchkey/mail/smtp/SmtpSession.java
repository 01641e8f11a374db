package io.latchkey.mail.smtp;

import jakarta.mail.Session;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.mail.autoconfigure.MailProperties;

/**
 * Where the relay is and how it is to be talked to.
 *
 * @param protocol {@code smtp}, or {@code smtps} for TLS from the first byte
 */
record SmtpSession(
        Session session,
        String protocol,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password) {
    private static final int SUBMISSION = 25;
    private static final int SUBMISSIONS = 465;

    static SmtpSession of(MailProperties relay, SmtpProperties limits, String envelopeFrom) {
        var protocol = relay.getProtocol();
        var host = relay.getHost() == null ? "localhost" : relay.getHost();
        var settings = new Properties();
        settings.putAll(relay.getProperties());
        // A protocol trace would show links, codes and passwords.
        settings.keySet().removeIf(name -> name.toString().startsWith("mail.debug"));
        var prefix = "mail." + protocol + ".";
        settings.put(prefix + "connectiontimeout", millis(limits.connectTimeout()));
        settings.put(prefix + "timeout", millis(limits.readTimeout()));
        settings.put(prefix + "writetimeout", millis(limits.writeTimeout()));
        settings.put(prefix + "from", envelopeFrom);
        settings.put(prefix + "quitwait", "false");
        settings.put("mail.mime.allowutf8", "true");
        settings.putIfAbsent(prefix + "ssl.checkserveridentity", "true");
        if (relay.getUsername() != null && !relay.getUsername().isEmpty()) {
            settings.putIfAbsent(prefix + "auth", "true");
        }
        if ("true".equals(settings.getProperty(prefix + "starttls.enable"))) {
            // Else somebody on the line strips the offer, and the mail goes out in clear.
            settings.putIfAbsent(prefix + "starttls.required", "true");
        }
        return new SmtpSession(
                Session.getInstance(settings),
                protocol,
                host,
                relay.getPort() == null ? defaultPort(protocol) : relay.getPort(),
                relay.getUsername(),
                relay.getPassword());
    }

    private static int defaultPort(String protocol) {
        return protocol.equals("smtps") ? SUBMISSIONS : SUBMISSION;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /** For events, metrics and logs. */
    String name() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return "SmtpSession[" + name() + "]";
    }
}
