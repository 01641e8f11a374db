package io.latchkey.audit.ingest.kafka;

import io.latchkey.audit.ingest.AuditStore;
import io.latchkey.audit.ingest.IngestMetrics;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/** The appender and its clients. */
@Configuration(proxyBeanMethods = false)
class IngestConfiguration {
    @Bean(destroyMethod = "close")
    Admin auditAdmin(KafkaAdmin kafkaAdmin) {
        return Admin.create(kafkaAdmin.getConfigurationProperties());
    }

    /**
     * @param replicationFactor of topics made here; -1 leaves it to the broker
     */
    @Bean
    AuditTopics auditTopics(
            Admin auditAdmin,
            @Value("${latchkey.kafka.replication-factor:-1}") short replicationFactor) {
        return new AuditTopics(auditAdmin, replicationFactor);
    }

    @Bean
    SetAside setAside(ProducerFactory<byte[], byte[]> producers) {
        return new SetAside(producers.createProducer());
    }

    @Bean
    AuditAppender auditAppender(
            AuditStore store,
            AuditTopics topics,
            ConsumerFactory<byte[], byte[]> consumers,
            BatchRecorder recorder,
            IngestMetrics metrics) {
        return new AuditAppender(
                store,
                topics,
                () -> new TopicTail(consumers.createConsumer(null, null, null, tail())),
                recorder,
                metrics);
    }

    /** What the appender's promises rest on, so that no setting can undo it. */
    private static Properties tail() {
        var properties = new Properties();
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return properties;
    }
}
