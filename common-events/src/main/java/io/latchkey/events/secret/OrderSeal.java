package io.latchkey.events.secret;

import io.latchkey.events.LinkRequested;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link LinkRequested} an order: a keyed hash over all that decides who gets which mail
 * until when. Whoever can write to Kafka could otherwise have a live link mailed to himself.
 */
public final class OrderSeal {
    private static final String VERSION = "latchkey order 1";

    private OrderSeal() {}

    /**
     * The same order, sealed with the {@code order} key of its kid.
     *
     * @throws IllegalArgumentException if the ring lacks the kid
     */
    public static LinkRequested seal(LinkRequested order, MailKeyRing ring) {
        return order.withSeal(Base64Url.encode(mac(order, ring)));
    }

    /**
     * Whether this very order was sealed by somebody who has the ring; in constant time.
     *
     * @throws IllegalArgumentException if the ring lacks the kid: that is no forgery yet
     */
    public static boolean isGenuine(LinkRequested order, MailKeyRing ring) {
        return Base64Url.decode(order.seal(), Hmac.LENGTH)
                .map(seal -> Hmac.equal(seal, mac(order, ring)))
                .orElse(false);
    }

    private static byte[] mac(LinkRequested order, MailKeyRing ring) {
        return Hmac.sha256(ring.require(order.kid()).order(), statement(order));
    }

    private static byte[] statement(LinkRequested order) {
        var context = order.context();
        var statement = new Statement();
        statement.add(VERSION).add(context.linkId()).add(order.kid()).add(context.appId());
        statement.add(order.email()).add(order.deliverBy()).add(order.intent());
        statement.add(order.locale()).add(order.requestedAt()).add(order.expiresIn());
        statement.add(order.confirmUrlBase()).add(context.ip()).add(context.userAgent());
        var app = order.app();
        statement.add(app.name()).add(app.templateVersion());
        statement.add(app.branding().logoUrl()).add(app.branding().color());
        statement.add(app.branding().fromName()).add(app.branding().replyTo());
        var mail = order.mail();
        statement.add(mail.subject()).add(mail.headline()).add(mail.body());
        statement.add(mail.button()).add(mail.footer());
        // What events say about the mail's subject and tenant is copied from here into the trail.
        statement.add(context.tenant()).add(context.subject()).add(context.emailMasked());
        return statement.bytes();
    }

    /** Fields one after the other, each with its length, so that none can run into the next. */
    private static final class Statement {
        private static final int ABSENT = -1;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Statement add(@Nullable Object field) {
            try {
                if (field == null) {
                    out.writeInt(ABSENT);
                } else {
                    var text = text(field).getBytes(StandardCharsets.UTF_8);
                    out.writeInt(text.length);
                    out.write(text);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        private static String text(Object field) {
            // JSON carries microseconds at least; finer would not survive every writer.
            return field instanceof Instant time
                    ? time.truncatedTo(ChronoUnit.MICROS).toString()
                    : field.toString();
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
