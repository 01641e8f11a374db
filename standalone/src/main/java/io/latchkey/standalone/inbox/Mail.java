package io.latchkey.standalone.inbox;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A mail as it was received, and what its parts say.
 *
 * @param id names it in this inbox
 * @param messageId its Message-ID without angle brackets; empty where it has none
 * @param headers in the order received, each with its values unfolded but not decoded
 * @param raw the message byte for byte; read a duplicate
 */
public record Mail(
        String id,
        String messageId,
        Address from,
        List<Address> to,
        String subject,
        Instant receivedAt,
        String text,
        String html,
        Map<String, List<String>> headers,
        ByteBuffer raw) {

    /** A mailbox; the name is empty where there is none. */
    public record Address(String name, String mailbox) {}
}
