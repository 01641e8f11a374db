package io.latchkey.events;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every event can say about whom and what it concerns; flat in its JSON. Absent means that it
 * does not apply.
 *
 * @param tenant the set of apps that share users
 * @param requestId the {@code X-Request-Id} of the request that caused it
 * @param subject keyed hash of the address; the record's key on Kafka
 * @param emailMasked for people, such as {@code a***@example.com}
 * @param ip literal address of the person's network peer, where known
 * @param userAgent at most 512 characters
 * @param reason stable word in snake case, where the outcome is not success
 */
public record EventContext(
        @Nullable String tenant,
        @Nullable AppId appId,
        @Nullable String requestId,
        @Nullable Subject subject,
        @Nullable String emailMasked,
        @Nullable LinkId linkId,
        @Nullable UserId userId,
        @Nullable SessionId sessionId,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable Outcome outcome,
        @Nullable String reason) {
    public static final int MAX_USER_AGENT = 512;
    private static final Pattern MASKED = Pattern.compile(".?\\*{3}@[^@]+");

    public EventContext {
        if (userAgent != null && userAgent.length() > MAX_USER_AGENT) {
            throw new IllegalArgumentException(
                    "userAgent: " + userAgent.length() + " characters (expected: at most 512)");
        }
        if (emailMasked != null && !MASKED.matcher(emailMasked).matches()) {
            throw new IllegalArgumentException("emailMasked (expected: such as a***@example.com)");
        }
    }

    /** About an app's request, and nothing more yet. */
    public static EventContext of(
            @Nullable String tenant, @Nullable AppId appId, @Nullable String requestId) {
        return new EventContext(
                tenant, appId, requestId, null, null, null, null, null, null, null, null, null);
    }

    public EventContext withAddress(@Nullable Subject subject, @Nullable String emailMasked) {
        return new EventContext(
                tenant,
                appId,
                requestId,
                subject,
                emailMasked,
                linkId,
                userId,
                sessionId,
                ip,
                userAgent,
                outcome,
                reason);
    }

    public EventContext withLink(@Nullable LinkId linkId) {
        return new EventContext(
                tenant,
                appId,
                requestId,
                subject,
                emailMasked,
                linkId,
                userId,
                sessionId,
                ip,
                userAgent,
                outcome,
                reason);
    }

    public EventContext withUser(@Nullable UserId userId) {
        return new EventContext(
                tenant,
                appId,
                requestId,
                subject,
                emailMasked,
                linkId,
                userId,
                sessionId,
                ip,
                userAgent,
                outcome,
                reason);
    }

    public EventContext withSession(@Nullable SessionId sessionId) {
        return new EventContext(
                tenant,
                appId,
                requestId,
                subject,
                emailMasked,
                linkId,
                userId,
                sessionId,
                ip,
                userAgent,
                outcome,
                reason);
    }

    public EventContext withClient(@Nullable String ip, @Nullable String userAgent) {
        return new EventContext(
                tenant,
                appId,
                requestId,
                subject,
                emailMasked,
                linkId,
                userId,
                sessionId,
                ip,
                userAgent,
                outcome,
                reason);
    }

    public EventContext withOutcome(Outcome outcome, @Nullable String reason) {
        return new EventContext(
                tenant,
                appId,
                requestId,
                subject,
                emailMasked,
                linkId,
                userId,
                sessionId,
                ip,
                userAgent,
                outcome,
                reason);
    }
}
