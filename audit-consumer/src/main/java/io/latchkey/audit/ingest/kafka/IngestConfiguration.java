package io.latchkey.audit.ingest.kafka;

import io.latchkey.audit.ingest.AuditStore;
import io.latchkey.audit.ingest.CheckpointProperties;
import io.latchkey.audit.ingest.IngestMetrics;
import io.latchkey.audit.ingest.SignCheckpoint;
import io.latchkey.audit.platform.AuditProperties;
import io.latchkey.audit.tlog.SignerKey;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/**
 * The appender and its clients. None of them is made here: Kafka's refuse to be made while no name
 * of a broker resolves, which must not keep the queries from being answered.
 */
@Configuration(proxyBeanMethods = false)
class IngestConfiguration {
    /**
     * @param replicationFactor of topics made here; -1 leaves it to the broker
     */
    @Bean
    AuditTopics auditTopics(
            KafkaAdmin kafkaAdmin,
            @Value("${latchkey.kafka.replication-factor:-1}") short replicationFactor) {
        return new AuditTopics(
                () -> Admin.create(kafkaAdmin.getConfigurationProperties()), replicationFactor);
    }

    @Bean
    SetAside setAside(ProducerFactory<byte[], byte[]> producers) {
        return new SetAside(producers::createProducer);
    }

    @Bean
    SignerKey signerKey(CheckpointProperties checkpoints, AuditProperties audit) {
        return checkpoints.signerKey(audit.issuerUrl());
    }

    @Bean
    AuditAppender auditAppender(
            AuditStore store,
            AuditTopics topics,
            ConsumerFactory<byte[], byte[]> consumers,
            BatchRecorder recorder,
            SignCheckpoint signCheckpoint,
            CheckpointProperties checkpoints,
            IngestMetrics metrics) {
        return new AuditAppender(
                store,
                topics,
                () -> new TopicTail(consumers.createConsumer(null, null, null, tail())),
                recorder,
                signCheckpoint,
                checkpoints.interval(),
                metrics);
    }

    /** What the appender's promises rest on, so that no setting can undo it. */
    private static Properties tail() {
        var properties = new Properties();
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // What a transaction wrote that was broken off has not happened.
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return properties;
    }
}
