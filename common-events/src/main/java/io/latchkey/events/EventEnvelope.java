package io.latchkey.events;

import java.time.Instant;

/**
 * An event as it was published: the CloudEvents attributes around the data.
 *
 * @param id unique, and the same on every redelivery
 * @param source the process and node that published it, such as {@code auth-api/node-1}
 * @param time the database's time of the change; the worker's clock for mail events; microseconds
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents
 *     1.0</a>
 */
public record EventEnvelope<E extends Event>(EventId id, String source, Instant time, E event) {}
