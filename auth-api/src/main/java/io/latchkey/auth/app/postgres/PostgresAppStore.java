package io.latchkey.auth.app.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.instant;
import static io.latchkey.auth.platform.Database.text;

import io.latchkey.auth.app.App;
import io.latchkey.auth.app.AppSettings;
import io.latchkey.auth.app.AppStore;
import io.latchkey.auth.app.StoredApp;
import io.latchkey.auth.limit.Limits;
import io.latchkey.auth.limit.Rate;
import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.auth.platform.PageRequest;
import io.latchkey.events.AppChanged;
import io.latchkey.events.AppId;
import io.latchkey.events.MailBranding;
import io.latchkey.events.wire.CloudEventCodec;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class PostgresAppStore implements AppStore {
    private static final String COLUMNS =
            """
            id, tenant, name, type, secret_hashes, redirect_uris, scopes, logo_url, color, from_name,
            reply_to, link_ttl, session_ttl, sign_up, same_browser, post_logout_redirect_uris,
            allowed_origins, address_limits, network_limits, built_in, created_at, version,
            mail_templates::text AS mail_templates""";

    /**
     * No stranger becomes a user by way of {@code account} where every app of the tenant is closed.
     */
    private static final String SELECT =
            """
            SELECT * FROM (
                SELECT id, tenant, name, type, secret_hashes, redirect_uris, scopes, logo_url, color,
                       from_name, reply_to, link_ttl, session_ttl, same_browser,
                       post_logout_redirect_uris, allowed_origins, address_limits, network_limits,
                       built_in, created_at, version, mail_templates::text AS mail_templates,
                       CASE WHEN built_in AND NOT EXISTS (
                                SELECT FROM auth.app o
                                 WHERE o.tenant = a.tenant AND NOT o.built_in AND o.sign_up = 'open')
                            THEN 'closed' ELSE sign_up END AS sign_up
                  FROM auth.app a) AS a
            """;

    private static final String FIND = SELECT + "WHERE id = :id";
    private static final String IS_ALLOWED_ORIGIN =
            """
            SELECT EXISTS (
                SELECT FROM auth.app WHERE allowed_origins @> ARRAY[:origin::text]) AS is_allowed
            """;
    private static final String FIND_BUILT_IN = SELECT + "WHERE tenant = :tenant AND built_in";
    private static final String LOOK = FIND + " AND NOT built_in";

    private static final String LIST =
            """
            SELECT %s FROM auth.app
             WHERE NOT built_in AND id < :below AND (:tenant::text IS NULL OR tenant = :tenant)
             ORDER BY id DESC LIMIT :limit
            """
                    .formatted(COLUMNS);

    /** Of the rows {@code changed}: the event, and what the caller is told. */
    private static final String WITH_EVENT =
            """
            , events AS (
                INSERT INTO auth.outbox (topic, type, data)
                SELECT 'latchkey.security-events', 'io.latchkey.AppChanged.v1', :event::jsonb
                  FROM changed
                RETURNING *
            )
            SELECT c.*, (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events
              FROM changed c
            """;

    private static final String CREATE_IF_ABSENT =
            """
            WITH changed AS (
                INSERT INTO auth.app (id, tenant, name, type, secret_hashes, redirect_uris, scopes,
                    logo_url, color, from_name, reply_to, link_ttl, session_ttl, sign_up, same_browser,
                    post_logout_redirect_uris, allowed_origins, address_limits, network_limits,
                    built_in, mail_templates)
                VALUES (:id, :tenant, :name, :type, :secret_hashes, :redirect_uris, :scopes,
                    :logo_url, :color, :from_name, :reply_to, :link_ttl, :session_ttl, :sign_up,
                    :same_browser, :post_logout_redirect_uris, :allowed_origins, :address_limits,
                    :network_limits, :built_in, :mail_templates::jsonb)
                ON CONFLICT DO NOTHING
                RETURNING id
            )"""
                    + WITH_EVENT;

    private static final String CHANGE =
            """
            WITH changed AS (
                UPDATE auth.app
                   SET name = :name, redirect_uris = :redirect_uris, scopes = :scopes,
                       logo_url = :logo_url, color = :color, from_name = :from_name,
                       reply_to = :reply_to, link_ttl = :link_ttl, session_ttl = :session_ttl,
                       sign_up = :sign_up, same_browser = :same_browser,
                       post_logout_redirect_uris = :post_logout_redirect_uris,
                       allowed_origins = :allowed_origins, address_limits = :address_limits,
                       network_limits = :network_limits, mail_templates = :mail_templates::jsonb,
                       version = version + 1
                 WHERE id = :id AND version = :version AND NOT built_in
                RETURNING %s
            )"""
                            .formatted(COLUMNS)
                    + WITH_EVENT;

    private static final String ADD_SECRET =
            """
            WITH changed AS (
                UPDATE auth.app
                   SET secret_hashes = array_remove(ARRAY[:hash, secret_hashes[1]], NULL)
                 WHERE id = :id AND type = 'confidential' AND NOT built_in
                RETURNING id
            )"""
                    + WITH_EVENT;

    private static final String DELETE =
            """
            WITH changed AS (
                DELETE FROM auth.app WHERE id = :id AND NOT built_in RETURNING id
            ), noted AS (
                INSERT INTO auth.deleted_app (id) SELECT id FROM changed
                ON CONFLICT (id) DO UPDATE SET deleted_at = now()
            )"""
                    + WITH_EVENT;

    /** One of the configuration can be made again under its id. */
    private static final String DELETED =
            """
            SELECT d.id FROM auth.deleted_app d
             WHERE NOT EXISTS (SELECT FROM auth.app a WHERE a.id = d.id)
            """;

    /** When nothing of it can be alive: links are forgotten after a week. */
    private static final String FORGET_DELETED =
            "DELETE FROM auth.deleted_app WHERE deleted_at < now() - interval '31 days'";

    private final EndOrphansStatement endOrphans;
    private final Database database;
    private final CloudEventCodec codec;

    PostgresAppStore(Database database, CloudEventCodec codec, EndOrphansStatement endOrphans) {
        this.database = database;
        this.codec = codec;
        this.endOrphans = endOrphans;
    }

    @Override
    public Mono<App> find(AppId id) {
        return database.one(FIND, Map.of("id", id.value()), PostgresAppStore::app);
    }

    @Override
    public Mono<Boolean> isAllowedOrigin(String origin) {
        return database.one(
                IS_ALLOWED_ORIGIN,
                Map.of("origin", origin),
                row -> get(row, "is_allowed", Boolean.class));
    }

    @Override
    public Mono<App> findBuiltIn(String tenant) {
        return database.one(FIND_BUILT_IN, Map.of("tenant", tenant), PostgresAppStore::app);
    }

    @Override
    public Mono<List<OutboxRow>> createIfAbsent(App app, AppChanged event) {
        var values = values(AppSettings.of(app));
        values.put("id", app.id().value());
        values.put("tenant", app.tenant());
        values.put("type", word(app.type()));
        values.put("secret_hashes", app.secretHashes().toArray(String[]::new));
        values.put("built_in", app.builtIn());
        values.put("event", codec.data(event));
        return database.one(CREATE_IF_ABSENT, values, PostgresAppStore::events);
    }

    @Override
    public Mono<StoredApp> look(AppId id) {
        return database.one(LOOK, Map.of("id", id.value()), PostgresAppStore::stored);
    }

    @Override
    public Mono<List<StoredApp>> list(@Nullable String tenant, PageRequest page) {
        return database.all(
                        LIST,
                        Map.of(
                                "below", page.belowId(),
                                "tenant", text(tenant),
                                "limit", page.look()),
                        PostgresAppStore::stored)
                .collectList();
    }

    @Override
    public Mono<Changed<StoredApp>> change(
            AppId id, int version, AppSettings settings, AppChanged event) {
        var values = values(settings);
        values.put("id", id.value());
        values.put("version", version);
        values.put("event", codec.data(event));
        return database.one(CHANGE, values, row -> new Changed<>(stored(row), events(row)));
    }

    @Override
    public Mono<List<OutboxRow>> addSecret(AppId id, String hash, AppChanged event) {
        return database.one(
                ADD_SECRET,
                Map.of("id", id.value(), "hash", hash, "event", codec.data(event)),
                PostgresAppStore::events);
    }

    @Override
    public Mono<List<OutboxRow>> delete(AppId id, AppChanged event) {
        return database.one(
                DELETE,
                Map.of("id", id.value(), "event", codec.data(event)),
                PostgresAppStore::events);
    }

    @Override
    public Mono<List<OutboxRow>> endOrphans(AppId id, int atMost, @Nullable String requestId) {
        return endOrphans.run(id, atMost, requestId);
    }

    @Override
    public Flux<AppId> deleted() {
        return database.all(DELETED, Map.of(), row -> new AppId(get(row, "id", UUID.class)));
    }

    @Override
    public Mono<Long> forgetDeleted() {
        return database.run(FORGET_DELETED, Map.of());
    }

    private static Map<String, Object> values(AppSettings settings) {
        var values = new HashMap<String, Object>();
        values.put("name", settings.name());
        values.put("redirect_uris", settings.redirectUris().toArray(String[]::new));
        values.put("scopes", settings.scopes().toArray(String[]::new));
        values.put("logo_url", text(settings.branding().logoUrl()));
        values.put("color", text(settings.branding().color()));
        values.put("from_name", text(settings.branding().fromName()));
        values.put("reply_to", text(settings.branding().replyTo()));
        values.put("link_ttl", Math.toIntExact(settings.linkTtl().toSeconds()));
        values.put("session_ttl", Math.toIntExact(settings.sessionTtl().toSeconds()));
        values.put("sign_up", settings.signUpOpen() ? "open" : "closed");
        values.put("same_browser", word(settings.sameBrowser()));
        values.put(
                "post_logout_redirect_uris",
                settings.postLogoutRedirectUris().toArray(String[]::new));
        values.put("allowed_origins", settings.allowedOrigins().toArray(String[]::new));
        values.put("address_limits", texts(settings.limits().address()));
        values.put("network_limits", texts(settings.limits().network()));
        values.put("mail_templates", MailTemplatesColumn.write(settings.mailTemplates()));
        return values;
    }

    private static List<OutboxRow> events(Readable row) {
        return WrittenEvents.parse(row.get("events", String.class));
    }

    private static StoredApp stored(Readable row) {
        return new StoredApp(
                app(row), instant(row, "created_at"), get(row, "version", Integer.class));
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
                MailTemplatesColumn.read(get(row, "mail_templates", String.class)),
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
