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
        return KeyRing.parse(properties.keys());
    }

    @Bean
    RingCipher ringCipher(KeyRing ring) {
        return new RingCipher(ring);
    }

    @Bean
    SubjectKey subjectKey(LatchkeyProperties properties) {
        return SubjectKey.parse(properties.subjectKey());
    }

    @Bean
    CloudEventCodec cloudEventCodec() {
        return new CloudEventCodec();
    }
}
