package io.latchkey.mail.bounce;

import io.latchkey.events.MailBounced;
import io.latchkey.testing.TestOrders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is published; can be away. */
public final class TestBounceRelay implements BounceRelay {
    private final List<MailBounced> published = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private volatile boolean away;

    /** What reads mails and publishes here. */
    public RecordBounceMail recordBounceMail() {
        return new RecordBounceMail(new ReadBounceMail(TestOrders.RING.mail()), this, meters);
    }

    public void away(boolean away) {
        this.away = away;
    }

    @Override
    public void publish(MailBounced bounce) throws UnpublishedBounceException {
        if (away) {
            throw new UnpublishedBounceException(new IOException("away"));
        }
        published.add(bounce);
    }

    public List<MailBounced> published() {
        return published;
    }

    /** How many mails were of a kind. */
    public double counted(String kind) {
        return meters.counter("latchkey.mail.bounces", "kind", kind).count();
    }
}
