package io.latchkey.mail.delivery.kafka;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultShareConsumerFactory;

/**
 * Makes share consumers that are closed while Kafka is away and open again when it is back: left
 * open, each runs through an empty loop meanwhile, and many of them take whole processors. One
 * whose order is not at its end stays open, so that its lock can be renewed. One that has lost its
 * lock is made anew, as it would fetch nothing any more.
 *
 * @see <a href="https://issues.apache.org/jira/browse/KAFKA-20253">KAFKA-20253</a>
 */
final class RestingConsumers extends DefaultShareConsumerFactory<byte[], byte[]> {
    private static final Logger log = LoggerFactory.getLogger(RestingConsumers.class);
    private static final long REST = Duration.ofMillis(500).toNanos();

    /** For what was acknowledged and is not sent yet. */
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final KafkaReach reach;

    RestingConsumers(Map<String, Object> settings, KafkaReach reach) {
        super(settings);
        this.reach = reach;
    }

    @Override
    protected ShareConsumer<byte[], byte[]> createRawConsumer(
            @Nullable String groupId, @Nullable String clientId, Map<String, Object> overrides) {
        Opening opening = () -> super.createRawConsumer(groupId, clientId, overrides);
        return asConsumer(new Resting(opening, reach));
    }

    @SuppressWarnings("unchecked") // A proxy has no type arguments.
    private static ShareConsumer<byte[], byte[]> asConsumer(InvocationHandler handler) {
        return (ShareConsumer<byte[], byte[]>)
                Proxy.newProxyInstance(
                        RestingConsumers.class.getClassLoader(),
                        new Class<?>[] {ShareConsumer.class},
                        handler);
    }

    private interface Opening {
        ShareConsumer<byte[], byte[]> open();
    }

    /** Used by the thread of its container alone, but for {@code wakeup}. */
    private static final class Resting implements InvocationHandler {
        private final Opening opening;
        private final KafkaReach reach;
        private volatile @Nullable ShareConsumer<byte[], byte[]> consumer;
        private Collection<String> topics = List.of();
        private boolean busy;

        /**
         * Waits for ever for the answer to a renewal, and meanwhile fetches nothing (Kafka's client
         * 4.2.1).
         */
        private boolean spoilt;

        Resting(Opening opening, KafkaReach reach) {
            this.opening = opening;
            this.reach = reach;
            this.consumer = opening.open();
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
                throws Throwable {
            return switch (method.getName()) {
                case "poll" -> poll(method, arguments);
                case "subscribe" -> {
                    topics = topics(arguments);
                    yield call(method, arguments);
                }
                // It goes with the fetch that follows, or with the close: a request of its own for
                // each mail would cost a fifth of what a worker can do. A renewal names its time.
                case "commitSync" -> arguments == null ? Map.of() : renew(method, arguments);
                case "acknowledge" -> {
                    busy = isRenewal(arguments);
                    yield acknowledge(method, arguments);
                }
                default -> call(method, arguments);
            };
        }

        private @Nullable Object renew(Method method, Object[] arguments) throws Throwable {
            spoilt = true;
            var answers = call(method, arguments);
            spoilt = !(answers instanceof Map<?, ?> map && OrderLock.isTaken(map));
            return answers;
        }

        private @Nullable Object acknowledge(Method method, Object @Nullable [] arguments)
                throws Throwable {
            try {
                return call(method, arguments);
            } catch (IllegalStateException e) {
                // Its lock was lost meanwhile: somebody else acknowledges it.
                spoilt = true;
                log.atDebug().setCause(e).log("an order is not in hand any more");
                return null;
            }
        }

        private static boolean isRenewal(Object @Nullable [] arguments) {
            return arguments != null
                    && arguments.length > 1
                    && AcknowledgeType.RENEW.equals(arguments[arguments.length - 1]);
        }

        @SuppressWarnings("unchecked") // The interface says so.
        private static Collection<String> topics(Object @Nullable [] arguments) {
            return arguments == null ? List.of() : (Collection<String>) arguments[0];
        }

        private @Nullable Object poll(Method method, Object @Nullable [] arguments)
                throws Throwable {
            if (reach.isAway() && !busy) {
                close();
                LockSupport.parkNanos(REST);
                return ConsumerRecords.empty();
            }
            if (spoilt && !busy) {
                close();
            }
            wake();
            var polled = call(method, arguments);
            busy = busy || (polled instanceof ConsumerRecords<?, ?> some && !some.isEmpty());
            return polled;
        }

        private void close() {
            var open = consumer;
            if (open != null) {
                consumer = null;
                spoilt = false;
                open.close(CLOSE);
            }
        }

        private void wake() {
            if (consumer == null) {
                var opened = opening.open();
                opened.subscribe(topics);
                consumer = opened;
            }
        }

        private @Nullable Object call(Method method, Object @Nullable [] arguments)
                throws Throwable {
            var open = consumer;
            if (open == null) {
                // Of a closed one there is nothing to be told, but what it would have read.
                return method.getReturnType() == Map.class ? Map.of() : null;
            }
            try {
                return method.invoke(open, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }
    }
}
