package io.latchkey.auth.platform;

import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.RingCipher;
import io.latchkey.events.secret.SubjectKey;
import io.latchkey.events.wire.CloudEventCodec;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clock, the keys and the codec that everything else is given. */
@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    KeyRing keyRing(LatchkeyProperties properties) {
        try {
            return KeyRing.parse(properties.keys());
        } catch (IllegalArgumentException e) {
            throw new UnusableSettingException("latchkey.keys: " + e.getMessage());
        }
    }

    @Bean
    RingCipher ringCipher(KeyRing ring) {
        return new RingCipher(ring);
    }

    @Bean
    SubjectKey subjectKey(LatchkeyProperties properties) {
        try {
            return SubjectKey.parse(properties.subjectKey());
        } catch (IllegalArgumentException e) {
            throw new UnusableSettingException("latchkey.subject-key: " + e.getMessage());
        }
    }

    @Bean
    CloudEventCodec cloudEventCodec() {
        return new CloudEventCodec();
    }
}
