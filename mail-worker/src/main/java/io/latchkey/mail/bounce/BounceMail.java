package io.latchkey.mail.bounce;

import io.latchkey.events.MailBounced;

/** What a mail in the mailbox turned out to be. */
public sealed interface BounceMail {
    /** A report on a mail of ours, by somebody who has seen it. */
    record Bounced(MailBounced event) implements BounceMail {}

    /** A report on a mail that is none of ours: its Message-ID is missing or forged. */
    record Forged() implements BounceMail {}

    /** No report, or none that tells of a failure: a reply, an advertisement, a delay. */
    record Other() implements BounceMail {}
}
