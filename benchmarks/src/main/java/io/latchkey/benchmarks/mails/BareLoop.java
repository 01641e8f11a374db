package io.latchkey.benchmarks.mails;

import io.latchkey.events.EventId;
import io.latchkey.events.wire.Topics;
import io.latchkey.mail.MailWorkerApplication;
import io.latchkey.mail.delivery.DeliverMail;
import io.latchkey.mail.delivery.MailOrder;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.ConfigurableApplicationContext;

/** The same rendering and the same pool, without Kafka: what a worker could do at most. */
final class BareLoop implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    BareLoop(List<String> settings) {
        context = MailWorkerApplication.application().run(settings.toArray(String[]::new));
    }

    /** Returns when all are delivered. */
    void run(Orders orders, int mails, int atOnce) {
        var deliverMail = context.getBean(DeliverMail.class);
        var next = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < atOnce; i++) {
                var lane = new MailOrder.Lane(Topics.LINK_REQUESTS.topic(), i);
                threads.execute(
                        () -> {
                            for (int n = next.getAndIncrement();
                                    n < mails;
                                    n = next.getAndIncrement()) {
                                var _ =
                                        deliverMail.deliver(
                                                new MailOrder(
                                                        EventId.next(), orders.order(n), 0, lane));
                            }
                        });
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
