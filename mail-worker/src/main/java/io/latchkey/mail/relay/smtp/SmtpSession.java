package io.latchkey.mail.relay.smtp;

import io.latchkey.mail.platform.UnusableSettingException;
import jakarta.mail.Session;
import jakarta.mail.util.StreamProvider;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

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
    private static final Set<String> PROTOCOLS = Set.of("smtp", "smtps");
    private static final int SUBMISSION = 25;
    private static final int SUBMISSIONS = 465;

    /** What an operator may have set, and ours would take the place of. */
    private static final List<String> OTHER_SOCKETS =
            List.of("socks.host", "socketFactory.class", "usesocketchannels");

    /** Closes connections that do not take what is written; by itself each would have its own. */
    private static final ScheduledExecutorService WRITE_TIMER = writeTimer();

    static {
        // Left to find it, the mail library searches the whole class path anew for each part of
        // each mail, which takes longer than all else of a hand-over.
        var provider = StreamProvider.class.getName();
        if (System.getProperty(provider) == null) {
            System.setProperty(provider, MailStreamProvider.class.getName());
        }
    }

    private static ScheduledExecutorService writeTimer() {
        var timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("smtp-write-timer").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    static SmtpSession of(
            MailProperties relay, SmtpProperties limits, String envelopeFrom, SslBundles bundles) {
        refuseWhatIsNotHonoured(relay);
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
        settings.put(prefix + "executor.writetimeout", WRITE_TIMER);
        if (OTHER_SOCKETS.stream().noneMatch(name -> settings.containsKey(prefix + name))) {
            settings.put(prefix + "socketFactory", new PromptSockets());
            // Else what cannot be reached is tried a second time without them.
            settings.put(prefix + "socketFactory.fallback", "false");
        }
        settings.put(prefix + "from", envelopeFrom);
        settings.put(prefix + "quitwait", "false");
        settings.put("mail.mime.allowutf8", "true");
        // A part that is encoded anew on its way out is not what was signed.
        settings.remove(prefix + "allow8bitmime");
        // Both hide from us when a relay has a mail for good.
        settings.remove(prefix + "chunksize");
        settings.remove(prefix + "reportsuccess");
        var signsIn = relay.getUsername() != null && !relay.getUsername().isEmpty();
        if (signsIn) {
            settings.putIfAbsent(prefix + "auth", "true");
        }
        encrypt(settings, prefix, signsIn, relay.getSsl(), bundles);
        return new SmtpSession(
                Session.getInstance(settings),
                protocol,
                host,
                relay.getPort() == null ? defaultPort(settings, protocol) : relay.getPort(),
                relay.getUsername(),
                relay.getPassword());
    }

    private static void refuseWhatIsNotHonoured(MailProperties relay) {
        if (!PROTOCOLS.contains(relay.getProtocol())) {
            throw unusable("spring.mail.protocol", "not supported (expected: smtp or smtps)");
        }
        if (relay.getJndiName() != null) {
            throw unusable("spring.mail.jndi-name", "not supported (expected: spring.mail.host)");
        }
    }

    private static UnusableSettingException unusable(String setting, String reason) {
        return new UnusableSettingException(setting, new IllegalArgumentException(reason));
    }

    /**
     * TLS wherever the relay offers it. It is required where a password would be sent, or where the
     * operator asked for TLS: else somebody on the line strips the offer. Where it is not, such a
     * somebody needs no false certificate, so one that nobody vouches for is better than clear
     * text.
     */
    private static void encrypt(
            Properties settings,
            String prefix,
            boolean signsIn,
            MailProperties.Ssl ssl,
            SslBundles bundles) {
        var asked =
                "true".equals(settings.getProperty(prefix + "starttls.enable"))
                        || StringUtils.hasLength(ssl.getBundle());
        settings.putIfAbsent(prefix + "starttls.enable", "true");
        if (signsIn || asked) {
            settings.putIfAbsent(prefix + "starttls.required", "true");
        }
        if (ssl.isEnabled()) {
            settings.put(prefix + "ssl.enable", "true");
        }
        if (StringUtils.hasLength(ssl.getBundle())) {
            settings.put(prefix + "ssl.socketFactory", socketFactory(ssl.getBundle(), bundles));
        }
        var required =
                prefix.equals("mail.smtps.")
                        || "true".equals(settings.getProperty(prefix + "ssl.enable"))
                        || "true".equals(settings.getProperty(prefix + "starttls.required"));
        var verified = required && ssl.isVerifyHostname();
        settings.putIfAbsent(prefix + "ssl.checkserveridentity", Boolean.toString(verified));
        if (!required && !StringUtils.hasLength(ssl.getBundle())) {
            settings.putIfAbsent(prefix + "ssl.trust", "*");
        }
    }

    private static SSLSocketFactory socketFactory(String bundle, SslBundles bundles) {
        try {
            return bundles.getBundle(bundle).createSslContext().getSocketFactory();
        } catch (NoSuchSslBundleException e) {
            throw new UnusableSettingException("spring.mail.ssl.bundle", e);
        }
    }

    private static int defaultPort(Properties settings, String protocol) {
        var fromTheFirstByte =
                protocol.equals("smtps")
                        || "true".equals(settings.getProperty("mail.smtp.ssl.enable"));
        return fromTheFirstByte ? SUBMISSIONS : SUBMISSION;
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
