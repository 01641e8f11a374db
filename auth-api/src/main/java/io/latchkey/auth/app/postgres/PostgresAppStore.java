package io.latchkey.auth.app.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.text;

import io.latchkey.auth.app.App;
import io.latchkey.auth.app.AppStore;
import io.latchkey.auth.limit.Limits;
import io.latchkey.auth.limit.Rate;
import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.AppChanged;
import io.latchkey.events.AppId;
import io.latchkey.events.EventContext;
import io.latchkey.events.MailBranding;
import io.latchkey.events.Outcome;
import io.latchkey.events.wire.CloudEventCodec;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class PostgresAppStore implements AppStore {
    /**
     * No stranger becomes a user by way of {@code account} where every app of the tenant is closed.
     */
    private static final String SELECT =
            """
            SELECT id, tenant, name, type, secret_hashes, redirect_uris, scopes, logo_url, color,
                   from_name, reply_to, link_ttl, session_ttl, same_browser,
                   post_logout_redirect_uris, allowed_origins, address_limits, network_limits, built_in,
                   CASE WHEN built_in AND NOT EXISTS (
                            SELECT FROM auth.app o
                             WHERE o.tenant = a.tenant AND NOT o.built_in AND o.sign_up = 'open')
                        THEN 'closed' ELSE sign_up END AS sign_up
              FROM auth.app a
            """;

    private static final String FIND = SELECT + "WHERE id = :id";
    private static final String FIND_BUILT_IN = SELECT + "WHERE tenant = :tenant AND built_in";

    private static final String CREATE_IF_ABSENT =
            """
            WITH created AS (
                INSERT INTO auth.app (id, tenant, name, type, secret_hashes, redirect_uris, scopes,
                    logo_url, color, from_name, reply_to, link_ttl, session_ttl, sign_up, same_browser,
                    post_logout_redirect_uris, allowed_origins, address_limits, network_limits,
                    built_in)
                VALUES (:id, :tenant, :name, :type, :secret_hashes, :redirect_uris, :scopes,
                    :logo_url, :color, :from_name, :reply_to, :link_ttl, :session_ttl, :sign_up,
                    :same_browser, :post_logout_redirect_uris, :allowed_origins, :address_limits,
                    :network_limits, :built_in)
                ON CONFLICT DO NOTHING
                RETURNING id
            ), events AS (
                INSERT INTO auth.outbox (topic, type, data)
                SELECT 'latchkey.security-events', 'io.latchkey.AppChanged.v1', :event::jsonb
                  FROM created
                RETURNING *
            )
            SELECT jsonb_agg(auth.as_published(e))::text AS events FROM events e HAVING count(*) > 0
            """;

    private final Database database;
    private final CloudEventCodec codec;

    PostgresAppStore(Database database, CloudEventCodec codec) {
        this.database = database;
        this.codec = codec;
    }

    @Override
    public Mono<App> find(AppId id) {
        return database.one(FIND, Map.of("id", id.value()), PostgresAppStore::app);
    }

    @Override
    public Mono<App> findBuiltIn(String tenant) {
        return database.one(FIND_BUILT_IN, Map.of("tenant", tenant), PostgresAppStore::app);
    }

    @Override
    public Mono<List<OutboxRow>> createIfAbsent(App app, String actor) {
        var context =
                EventContext.of(app.tenant(), app.id(), null).withOutcome(Outcome.SUCCESS, null);
        var values = new HashMap<String, Object>();
        values.put("id", app.id().value());
        values.put("tenant", app.tenant());
        values.put("name", app.name());
        values.put("type", word(app.type()));
        values.put("secret_hashes", app.secretHashes().toArray(String[]::new));
        values.put("redirect_uris", app.redirectUris().toArray(String[]::new));
        values.put("scopes", app.scopes().toArray(String[]::new));
        values.put("logo_url", text(app.branding().logoUrl()));
        values.put("color", text(app.branding().color()));
        values.put("from_name", text(app.branding().fromName()));
        values.put("reply_to", text(app.branding().replyTo()));
        values.put("link_ttl", Math.toIntExact(app.linkTtl().toSeconds()));
        values.put("session_ttl", Math.toIntExact(app.sessionTtl().toSeconds()));
        values.put("sign_up", app.signUpOpen() ? "open" : "closed");
        values.put("same_browser", word(app.sameBrowser()));
        values.put(
                "post_logout_redirect_uris", app.postLogoutRedirectUris().toArray(String[]::new));
        values.put("allowed_origins", app.allowedOrigins().toArray(String[]::new));
        values.put("address_limits", texts(app.limits().address()));
        values.put("network_limits", texts(app.limits().network()));
        values.put("built_in", app.builtIn());
        values.put("event", codec.data(new AppChanged(context, "app.create", actor)));
        return database.one(
                CREATE_IF_ABSENT,
                values,
                row -> WrittenEvents.parse(row.get("events", String.class)));
    }

    private static App app(Readable row) {
        return new App(
                new AppId(get(row, "id", UUID.class)),
                get(row, "tenant", String.class),
                get(row, "name", String.class),
                App.Type.valueOf(constant(row, "type")),
                List.of(get(row, "secret_hashes", String[].class)),
                List.of(get(row, "redirect_uris", String[].class)),
                Set.of(get(row, "scopes", String[].class)),
                new MailBranding(
                        row.get("logo_url", String.class),
                        row.get("color", String.class),
                        row.get("from_name", String.class),
                        row.get("reply_to", String.class)),
                Duration.ofSeconds(get(row, "link_ttl", Integer.class)),
                Duration.ofSeconds(get(row, "session_ttl", Integer.class)),
                "open".equals(get(row, "sign_up", String.class)),
                App.SameBrowser.valueOf(constant(row, "same_browser")),
                List.of(get(row, "post_logout_redirect_uris", String[].class)),
                Set.of(get(row, "allowed_origins", String[].class)),
                Limits.of(
                        List.of(get(row, "address_limits", String[].class)),
                        List.of(get(row, "network_limits", String[].class))),
                get(row, "built_in", Boolean.class));
    }

    private static String[] texts(List<Rate> rates) {
        return rates.stream().map(Rate::toString).toArray(String[]::new);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String constant(Readable row, String column) {
        return get(row, column, String.class).toUpperCase(Locale.ROOT);
    }
}
