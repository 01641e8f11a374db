package io.latchkey.mail.smtp;

import io.latchkey.mail.render.SenderProperties;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailProperties.class)
class SmtpConfiguration {
    @Bean
    SmtpRelay smtpRelay(
            MailProperties relay,
            SmtpProperties limits,
            SenderProperties sender,
            SslBundles bundles,
            InstantSource clock) {
        return new SmtpRelay(SmtpSession.of(relay, limits, sender.from(), bundles), limits, clock);
    }
}
