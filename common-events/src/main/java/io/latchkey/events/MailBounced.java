package io.latchkey.events;

import org.jspecify.annotations.Nullable;

/**
 * A mail that a relay had taken came back.
 *
 * @param failureClass {@code class} in JSON
 * @param status enhanced status code of RFC 3463, such as {@code 5.1.1}
 */
public record MailBounced(
        EventContext context, int attempts, FailureClass failureClass, @Nullable String status)
        implements MailEvent {}
