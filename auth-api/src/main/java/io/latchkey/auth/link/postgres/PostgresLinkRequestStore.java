package io.latchkey.auth.link.postgres;

import static io.latchkey.auth.platform.Database.get;

import io.latchkey.auth.link.LinkRequest;
import io.latchkey.auth.link.LinkRequestStore;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.Intent;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailOverrides;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class PostgresLinkRequestStore implements LinkRequestStore {
    private static final String FIND =
            """
            SELECT email, intent, redirect_uri, state, nonce, code_challenge, expires_in,
                   session_duration, locale, attributes::text AS attributes, ip, user_agent, asked_by,
                   by_authorization
              FROM auth.link
             WHERE id = :id
               -- Of an erased user nothing is left to ask with.
               AND email <> ''
            """;

    private final Database database;

    PostgresLinkRequestStore(Database database) {
        this.database = database;
    }

    @Override
    public Mono<LinkRequest> find(LinkId id) {
        return database.one(FIND, Map.of("id", id.value()), PostgresLinkRequestStore::request);
    }

    private static LinkRequest request(Readable row) {
        return new LinkRequest(
                EmailAddress.parse(get(row, "email", String.class)),
                null,
                Intent.valueOf(get(row, "intent", String.class).toUpperCase(Locale.ROOT)),
                get(row, "redirect_uri", String.class),
                row.get("state", String.class),
                row.get("nonce", String.class),
                row.get("code_challenge", String.class),
                seconds(row.get("expires_in", Integer.class)),
                null,
                seconds(row.get("session_duration", Integer.class)),
                row.get("locale", String.class),
                row.get("attributes", String.class),
                MailOverrides.NONE,
                row.get("ip", String.class),
                row.get("user_agent", String.class),
                row.get("asked_by", String.class),
                get(row, "by_authorization", Boolean.class));
    }

    private static @Nullable Duration seconds(@Nullable Integer seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }
}
