package io.latchkey.mail.deadletter;

import java.time.Instant;

/**
 * A record that was set aside, as it is no order of ours.
 *
 * @param place topic, partition and offset of the record that was set aside for it
 * @param reason why, as a few words
 */
public record PoisonRecord(String place, String reason, Instant setAsideAt) {}
