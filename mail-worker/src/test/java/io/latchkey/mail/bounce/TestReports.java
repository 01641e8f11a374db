package io.latchkey.mail.bounce;

import java.util.regex.Pattern;

/** Reports as relays and feedback loops write them: about one mail, given as it was received. */
public final class TestReports {
    private static final Pattern TO = Pattern.compile("(?m)^To: *<?([^<>\\s]+)");

    private TestReports() {}

    /** As Postfix writes it. */
    public static String bounce(String status, String original) {
        return deliveryStatus("failed", "Status: " + status + "\n", "message/rfc822", original);
    }

    /** Of a mailbox that the mail was passed on to. */
    static String bounceOf(String recipient, String original) {
        return deliveryStatus(recipient, "failed", "Status: 5.1.1\n", "message/rfc822", original);
    }

    private static String recipient(String original) {
        var to = TO.matcher(original);
        return to.find() ? to.group(1) : "ada@example.com";
    }

    public static String deliveryStatus(
            String action, String status, String originalType, String original) {
        return deliveryStatus(recipient(original), action, status, originalType, original);
    }

    private static String deliveryStatus(
            String recipient, String action, String status, String originalType, String original) {
        return report(
                "delivery-status",
                """
                Content-Description: Delivery report
                Content-Type: message/delivery-status

                Reporting-MTA: dns; relay.example
                X-Postfix-Queue-ID: 4F1Q2w3e4r
                Arrival-Date: Wed,  4 Mar 2026 05:06:07 +0000 (UTC)

                Final-Recipient: rfc822; %s
                Original-Recipient: rfc822;%s
                Action: %s
                %sRemote-MTA: dns; mx.example.com
                Diagnostic-Code: smtp; 550 5.1.1 <ada@example.com>: no such user here,
                    or not any more
                """
                        .formatted(recipient, recipient, action, status),
                originalType,
                original);
    }

    /** As the example in RFC 5965, appendix B, has it. */
    public static String complaint(String type, String original) {
        return report(
                "feedback-report",
                """
                Content-Type: message/feedback-report

                Feedback-Type: %s
                User-Agent: SomeGenerator/1.0
                Version: 1
                Original-Mail-From: <no-reply@login.example>
                """
                        .formatted(type),
                "message/rfc822",
                original);
    }

    static String report(String type, String machines, String originalType, String original) {
        return """
        From: MAILER-DAEMON@relay.example (Mail Delivery System)
        To: bounces@login.example
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=%s;
        \tboundary="4F1Q2w3e4r.1772600767/relay.example"

        This is a MIME-encapsulated message.

        --4F1Q2w3e4r.1772600767/relay.example
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you that your message could not
        be delivered to one or more recipients.

        --4F1Q2w3e4r.1772600767/relay.example
        %s
        --4F1Q2w3e4r.1772600767/relay.example
        Content-Description: Undelivered Message
        Content-Type: %s

        %s
        --4F1Q2w3e4r.1772600767/relay.example--
        """
                .formatted(type, machines, originalType, original)
                .replace("\r\n", "\n")
                .replace("\n", "\r\n");
    }
}
