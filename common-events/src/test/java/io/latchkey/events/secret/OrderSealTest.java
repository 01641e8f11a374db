package io.latchkey.events.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.events.AppId;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.Intent;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailApp;
import io.latchkey.events.MailBranding;
import io.latchkey.events.MailOverrides;
import io.latchkey.events.Outcome;
import io.latchkey.events.SessionId;
import io.latchkey.events.Subject;
import io.latchkey.events.UserId;
import io.latchkey.events.wire.CloudEventCodec;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OrderSealTest {
    /** What no mail and no link depends on: changed, it misleads nobody but readers of a trace. */
    private static final Set<String> DELIBERATELY_UNSEALED =
            Set.of(
                    "context.requestId",
                    "context.userId",
                    "context.sessionId",
                    "context.outcome",
                    "context.reason",
                    "seal");

    private static final LinkRequested ORDER =
            new LinkRequested(
                    new EventContext(
                            "default",
                            AppId.next(),
                            "req-1",
                            new Subject("s".repeat(43)),
                            "a***@example.com",
                            LinkId.next(),
                            UserId.next(),
                            SessionId.next(),
                            "192.0.2.1",
                            "Example/1.0",
                            Outcome.SUCCESS,
                            "none"),
                    "k001",
                    "ada@example.com",
                    Intent.SIGN_IN,
                    "de",
                    Instant.parse("2026-01-02T03:04:05.123456Z"),
                    Instant.parse("2026-01-02T03:19:05Z"),
                    600,
                    "https://auth.example.com/l/",
                    new MailApp(
                            "Example",
                            new MailBranding(
                                    "https://e.example/l.png", "#123456", "E", "e@e.example"),
                            1),
                    new MailOverrides("Subject", "Headline", "Body", "Button", "Footer"),
                    "");

    private final MailKeyRing ring = TestRings.both().mail();
    private final LinkRequested sealed = OrderSeal.seal(ORDER, ring);

    @TestFactory
    Stream<DynamicTest> everyComponentIsSealedOrDeliberatelyNot() {
        return leaves("", LinkRequested.class)
                .map(path -> DynamicTest.dynamicTest(path, () -> assertSealedOrListed(path)));
    }

    private void assertSealedOrListed(String path) {
        var changed = (LinkRequested) changed(sealed, path);
        var genuine = OrderSeal.isGenuine(changed, ring);

        assertThat(changed).isNotEqualTo(sealed);
        assertThat(genuine)
                .as("still genuine with another %s", path)
                .isEqualTo(DELIBERATELY_UNSEALED.contains(path) && !path.equals("seal"));
    }

    @TestFactory
    Stream<DynamicTest> absentIsNotEmpty() {
        return leaves("", LinkRequested.class)
                .filter(path -> !DELIBERATELY_UNSEALED.contains(path))
                .filter(path -> leaf(LinkRequested.class, path).getType() == String.class)
                .filter(path -> isNullable(leaf(LinkRequested.class, path)))
                .filter(path -> !path.equals("context.emailMasked"))
                .map(
                        path ->
                                DynamicTest.dynamicTest(
                                        path,
                                        () -> {
                                            var absent = (LinkRequested) with(sealed, path, null);
                                            var empty = (LinkRequested) with(sealed, path, "");
                                            assertThat(OrderSeal.seal(absent, ring).seal())
                                                    .isNotEqualTo(
                                                            OrderSeal.seal(empty, ring).seal());
                                        }));
    }

    @Test
    void noFieldRunsIntoTheNext() {
        var one = (LinkRequested) with(with(sealed, "mail.subject", "ab"), "mail.headline", "c");
        var other = (LinkRequested) with(with(sealed, "mail.subject", "a"), "mail.headline", "bc");

        assertThat(OrderSeal.seal(one, ring).seal())
                .isNotEqualTo(OrderSeal.seal(other, ring).seal());
    }

    @Test
    void aSealSurvivesTheJsonOfItsOrder() throws Exception {
        var codec = new CloudEventCodec();
        var encoded =
                codec.encode(
                        new EventEnvelope<>(
                                EventId.next(), "auth-api/n1", ORDER.requestedAt(), sealed));

        var read =
                codec.decode(
                        name -> encoded.headers().get(name).getBytes(StandardCharsets.UTF_8),
                        encoded.data().getBytes(StandardCharsets.UTF_8));

        assertThat(OrderSeal.isGenuine((LinkRequested) read.event(), ring)).isTrue();
    }

    @Test
    void aWorkersRingChecksWhatTheWholeRingSealed() {
        var worker = MailKeyRing.parse(TestRings.both().formatMailKeys());

        assertThat(OrderSeal.isGenuine(sealed, worker)).isTrue();
    }

    @Test
    void anOrderWithoutASealOrWithAnotherLinksIsForged() {
        var other = (LinkRequested) with(ORDER, "context.linkId", LinkId.next());

        assertThat(OrderSeal.isGenuine(ORDER, ring)).isFalse();
        assertThat(OrderSeal.isGenuine(other.withSeal(sealed.seal()), ring)).isFalse();
        assertThat(OrderSeal.isGenuine(sealed.withSeal(sealed.seal() + "="), ring)).isFalse();
        assertThat(OrderSeal.isGenuine(sealed.withSeal(sealed.seal().substring(1)), ring))
                .isFalse();
    }

    @Test
    void anOrderOfAMissingKidIsNotYetForged() {
        var lagging = TestRings.secondOnly().mail();

        assertThatThrownBy(() -> OrderSeal.isGenuine(sealed, lagging))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kid: k001 is not in the key ring");
    }

    /** The components that are no records of ours, as paths. */
    private static Stream<String> leaves(String prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(
                        component ->
                                isComposed(component.getType())
                                        ? leaves(
                                                prefix + component.getName() + ".",
                                                component.getType())
                                        : Stream.of(prefix + component.getName()));
    }

    /** Ids and subjects are records too, but one value each. */
    private static boolean isComposed(Class<?> type) {
        return type.isRecord() && type.getRecordComponents().length > 1;
    }

    private static RecordComponent leaf(Class<?> type, String path) {
        var dot = path.indexOf('.');
        var name = dot < 0 ? path : path.substring(0, dot);
        var component =
                Arrays.stream(type.getRecordComponents())
                        .filter(c -> c.getName().equals(name))
                        .findFirst()
                        .orElseThrow();
        return dot < 0 ? component : leaf(component.getType(), path.substring(dot + 1));
    }

    private static boolean isNullable(RecordComponent component) {
        return component
                .getAnnotatedType()
                .isAnnotationPresent(org.jspecify.annotations.Nullable.class);
    }

    private static Record changed(Record order, String path) {
        return with(order, path, another(valueAt(order, path)));
    }

    private static Object another(Object value) {
        return switch (value) {
            case String text when text.contains("***@") -> "b***@example.com";
            case String text when text.equals("k001") -> "k002";
            case String text -> text + "x";
            case Instant time -> time.plusNanos(1_000);
            case Integer number -> number + 1;
            case Long number -> number + 1;
            case Intent intent -> Intent.SIGN_UP;
            case Outcome outcome -> Outcome.FAILURE;
            case AppId id -> AppId.next();
            case LinkId id -> LinkId.next();
            case UserId id -> UserId.next();
            case SessionId id -> SessionId.next();
            case Subject subject -> new Subject("t".repeat(43));
            default -> throw new AssertionError("what else could " + value.getClass() + " be?");
        };
    }

    private static Object valueAt(Record record, String path) {
        var dot = path.indexOf('.');
        var value = value(record, dot < 0 ? path : path.substring(0, dot));
        return dot < 0 ? value : valueAt((Record) value, path.substring(dot + 1));
    }

    private static Record with(Record record, String path, Object replacement) {
        var dot = path.indexOf('.');
        var name = dot < 0 ? path : path.substring(0, dot);
        var components = record.getClass().getRecordComponents();
        var values =
                Arrays.stream(components)
                        .map(
                                component ->
                                        !component.getName().equals(name)
                                                ? value(record, component.getName())
                                                : dot < 0
                                                        ? replacement
                                                        : with(
                                                                (Record) value(record, name),
                                                                path.substring(dot + 1),
                                                                replacement))
                        .toArray();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
        try {
            return record.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(path, e);
        }
    }

    private static Object value(Record record, String name) {
        try {
            return record.getClass().getMethod(name).invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
