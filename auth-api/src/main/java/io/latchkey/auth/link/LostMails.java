package io.latchkey.auth.link;

import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.auth.platform.Batches;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The backstop of R1: a link that nobody has reported on 60 s after its delivery time is set {@code
 * failed}, with {@code MailAbandoned} for the trail. A later {@code MailSent} corrects it.
 */
@Component
class LostMails {
    private static final Logger LOG = LoggerFactory.getLogger(LostMails.class);
    private static final int AT_ONCE = 500;
    private static final int LONGEST_RUN = 20;
    private final LinkStore links;
    private final OutboxRelay relay;

    LostMails(LinkStore links, OutboxRelay relay) {
        this.links = links;
        this.relay = relay;
    }

    @Scheduled(fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
    Mono<Void> giveUp() {
        return Batches.orNextRound(
                Batches.whileMore(this::giveUpSome, LONGEST_RUN),
                LOG,
                "Lost mails could not be looked for");
    }

    private Mono<Boolean> giveUpSome() {
        return links.failLost(AT_ONCE)
                .doOnNext(
                        events -> {
                            relay.publish(events);
                            if (!events.isEmpty()) {
                                LOG.atWarn()
                                        .addKeyValue("links", events.size())
                                        .log("Mails that no worker reported on were given up");
                            }
                        })
                .map(events -> events.size() == AT_ONCE);
    }
}
