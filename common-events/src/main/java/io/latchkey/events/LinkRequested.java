package io.latchkey.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order for one mail: a link was accepted and is to be mailed. The only event that holds a plain
 * address. It carries no secret: the worker derives the link token and the code from the link id
 * and {@code kid}, and mails only what the {@code seal} covers.
 *
 * @param kid the entry of the key ring that derives this link's secrets
 * @param email canonical address of the recipient
 * @param locale BCP 47 tag, where the caller gave one
 * @param requestedAt by the clock of the node that took the request
 * @param deliverBy after this the mail is never handed over
 * @param expiresIn life of the link from its hand-over, seconds
 * @param confirmUrlBase what the link token is appended to
 * @param seal keyed hash over everything that decides who gets which mail, base64url
 */
public record LinkRequested(
        EventContext context,
        String kid,
        String email,
        Intent intent,
        @Nullable String locale,
        Instant requestedAt,
        Instant deliverBy,
        long expiresIn,
        String confirmUrlBase,
        MailApp app,
        MailOverrides mail,
        String seal)
        implements Event {
    /** The same order under another seal. */
    public LinkRequested withSeal(String seal) {
        return new LinkRequested(
                context,
                kid,
                email,
                intent,
                locale,
                requestedAt,
                deliverBy,
                expiresIn,
                confirmUrlBase,
                app,
                mail,
                seal);
    }

    /** Without the address, so that no log shows it. */
    @Override
    public String toString() {
        return "LinkRequested["
                + context.linkId()
                + ", kid="
                + kid
                + ", deliverBy="
                + deliverBy
                + "]";
    }
}
