package io.latchkey.mail.platform;

import io.latchkey.events.secret.MailKeyRing;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    MailKeyRing mailKeyRing(WorkerProperties properties) {
        try {
            return MailKeyRing.parse(properties.mailKeys());
        } catch (IllegalArgumentException e) {
            throw new UnusableSettingException("LATCHKEY_MAIL_KEYS", e);
        }
    }
}
