package io.latchkey.auth.link.postgres;

import static io.latchkey.auth.platform.Database.get;

import io.latchkey.auth.link.WaitingState;
import io.latchkey.auth.link.WaitingStore;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.LinkId;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * A suppressed link is shown as handed over after the time that one of the mails took that, of the
 * 20 asked for before it, were handed over when it was asked for (the random end of its id says
 * which), or half a second where there were none to ask; where none of these 20 was handed over by
 * then, the relay is taken to be away and it is shown as queued until the first of them is. So its
 * times are spread as those of mails are, and it never goes back. From then on it ends as if it had
 * been mailed. The look backwards is made for every link, so that it takes the same time. One whose
 * address refuses our mails says so at once, whether anybody has an account there or not.
 */
@Repository
class PostgresWaitingStore implements WaitingStore {
    private static final String LOOK =
            """
            SELECT l.id,
                   CASE WHEN l.revoked_at IS NOT NULL
                        THEN CASE l.revoked_by WHEN 'sibling' THEN 'used' ELSE 'ended' END
                        WHEN l.confirmed_at IS NOT NULL THEN 'used'
                        WHEN now() >= CASE WHEN l.suppressed AND mail.handed_at <= l.deliver_by
                                           THEN mail.handed_at + make_interval(secs => l.expires_in)
                                           ELSE l.expires_at END THEN 'expired'
                        WHEN l.failed_at IS NOT NULL OR l.mail_status = 'bounced'
                             OR l.suppressed AND l.mail_error IS NOT NULL THEN 'undeliverable'
                        WHEN l.mailed_at IS NOT NULL OR l.suppressed
                             AND mail.handed_at <= least(now(), l.deliver_by) THEN 'handed_over'
                        WHEN l.suppressed AND now() > l.deliver_by THEN 'undeliverable'
                        ELSE 'queued' END AS state
              FROM auth.link l
             CROSS JOIN LATERAL (
                   SELECT CASE count(*) WHEN 0 THEN l.created_at + interval '500 milliseconds'
                               ELSE coalesce(
                                    l.created_at
                                    + percentile_disc(get_byte(uuid_send(l.id), 15) / 255.0)
                                      WITHIN GROUP (ORDER BY mailed_at - created_at)
                                      FILTER (WHERE mailed_at <= l.created_at),
                                    min(mailed_at)) END AS handed_at
                     FROM (SELECT m.mailed_at, m.created_at
                             FROM auth.link m
                            WHERE m.id < l.id AND NOT m.suppressed
                              AND m.id >= auth.uuid_floor(l.created_at - interval '10 minutes')
                            ORDER BY m.id DESC
                            LIMIT 20) AS before) AS typical
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN l.suppressed THEN typical.handed_at
                               ELSE l.mailed_at END AS handed_at) AS mail
             WHERE l.id = ANY(:ids)
            """;

    private final Database database;

    PostgresWaitingStore(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Map<LinkId, WaitingState>> look(Collection<LinkId> links) {
        var ids = links.stream().map(LinkId::value).toArray(UUID[]::new);
        return database.all(
                        LOOK,
                        Map.of("ids", ids),
                        row ->
                                Map.entry(
                                        new LinkId(get(row, "id", UUID.class)),
                                        WaitingState.valueOf(
                                                get(row, "state", String.class)
                                                        .toUpperCase(Locale.ROOT))))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
