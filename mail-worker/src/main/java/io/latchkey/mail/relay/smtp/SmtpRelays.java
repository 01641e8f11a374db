package io.latchkey.mail.relay.smtp;

import io.latchkey.mail.platform.SecretFile;
import io.latchkey.mail.relay.MailRelay;
import io.latchkey.mail.relay.RelayFactory;
import io.latchkey.mail.relay.RelayProperties;
import io.latchkey.mail.relay.SenderProperties;
import io.latchkey.mail.relay.UsualRelay;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/** Makes the relays that speak SMTP. */
@Component
@EnableConfigurationProperties(MailProperties.class)
class SmtpRelays implements RelayFactory, UsualRelay {
    private final MailProperties usual;
    private final SmtpProperties limits;
    private final SenderProperties sender;
    private final SslBundles bundles;
    private final DkimSigner signer;
    private final InstantSource clock;

    SmtpRelays(
            MailProperties usual,
            SmtpProperties limits,
            SenderProperties sender,
            SslBundles bundles,
            DkimSigner signer,
            InstantSource clock) {
        this.signer = signer;
        this.usual = usual;
        this.limits = limits;
        this.sender = sender;
        this.bundles = bundles;
        this.clock = clock;
    }

    @Override
    public RelayProperties.Kind kind() {
        return RelayProperties.Kind.SMTP;
    }

    @Override
    public MailRelay make() {
        var session = SmtpSession.of(usual, limits, sender.envelopeFrom(), bundles);
        return new SmtpRelay(session.name(), session, limits, signer, clock);
    }

    @Override
    public MailRelay make(RelayProperties relay) {
        var own = limits.with(relay.maxConnections(), relay.lifetime());
        var session = SmtpSession.of(settings(relay), own, sender.envelopeFrom(), bundles);
        return new SmtpRelay(relay.name(), session, own, signer, clock);
    }

    /** As Spring Boot has them. */
    private static MailProperties settings(RelayProperties relay) {
        var settings = new MailProperties();
        settings.setHost(relay.host());
        settings.setPort(relay.port());
        settings.setUsername(relay.username());
        settings.setPassword(password(relay));
        settings.getSsl().setBundle(relay.sslBundle());
        switch (relay.tls()) {
            case OFFERED -> {}
            case REQUIRED -> settings.getProperties().put("mail.smtp.starttls.enable", "true");
            case IMPLICIT -> settings.setProtocol("smtps");
        }
        return settings;
    }

    private static @Nullable String password(RelayProperties relay) {
        return relay.passwordFile() == null
                ? relay.password()
                : SecretFile.read(
                        relay.passwordFile(),
                        "latchkey.mail.relays[" + relay.name() + "].password-file");
    }
}
