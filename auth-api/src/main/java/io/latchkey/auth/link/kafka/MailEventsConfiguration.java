package io.latchkey.auth.link.kafka;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * A record whose handling fails is tried again for ever, with pauses of up to five seconds: only
 * the database can be the reason, and nothing is skipped because it was away.
 */
@Configuration(proxyBeanMethods = false)
class MailEventsConfiguration {
    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 5_000;

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> mailEvents(
            ConsumerFactory<String, byte[]> consumers) {
        var factory = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        factory.setConsumerFactory(consumers);
        factory.setConcurrency(2);
        factory.getContainerProperties().setAckMode(ContainerProperties.AckMode.BATCH);
        var pauses = new ExponentialBackOff(FIRST_PAUSE_MS, 2);
        pauses.setMaxInterval(LONGEST_PAUSE_MS);
        var errors = new DefaultErrorHandler(pauses);
        errors.setClassifications(java.util.Map.of(), true);
        factory.setCommonErrorHandler(errors);
        return factory;
    }
}
