package io.latchkey.audit.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.audit.ingest.AppendSession;
import io.latchkey.audit.ingest.AuditStore;
import io.latchkey.audit.ingest.IngestMetrics;
import io.latchkey.audit.ingest.IngestState;
import io.latchkey.audit.ingest.SignCheckpoint;
import io.latchkey.audit.tlog.SignerKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class AuditAppenderTest {
    private final CountDownLatch tries = new CountDownLatch(3);
    private final IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry());

    @Test
    void startsOverAfterErrorsAndWhileNoClientOfKafkaCanBeMade() throws InterruptedException {
        var appender =
                new AuditAppender(
                        new BrokenAtFirst(),
                        new AuditTopics(
                                () -> {
                                    throw unresolvable();
                                },
                                (short) -1),
                        () -> {
                            throw unresolvable();
                        },
                        recorder(),
                        new SignCheckpoint(
                                SignerKey.parse("log", SignerKey.generate(new SecureRandom())),
                                _ -> {},
                                metrics),
                        Duration.ofSeconds(1),
                        metrics);

        appender.start();

        assertThat(tries.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(metrics.state()).isEqualTo(IngestState.STARTING);
        appender.stop();
        assertThat(metrics.state()).isEqualTo(IngestState.STOPPED);
    }

    private BatchRecorder recorder() {
        return new BatchRecorder(new RecordReader(), new SetAside(MockProducer::new), metrics);
    }

    private static KafkaException unresolvable() {
        return new KafkaException("No resolvable bootstrap urls");
    }

    /** As if a class were missing, and then as a store whose appender is another process. */
    private final class BrokenAtFirst implements AuditStore {
        @Override
        public Optional<AppendSession> tryBecomeAppender() {
            tries.countDown();
            if (tries.getCount() == 2) {
                throw new NoClassDefFoundError("in this test");
            }
            return Optional.empty();
        }
    }
}
