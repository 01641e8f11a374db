package io.latchkey.mail.delivery;

import io.latchkey.events.secret.MailKeyRing;
import io.latchkey.mail.relay.SenderProperties;
import io.latchkey.rendering.MailRenderer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RenderingConfiguration {
    @Bean
    MailRenderer mailRenderer(MailKeyRing ring, SenderProperties sender) {
        return new MailRenderer(ring, sender.from());
    }
}
