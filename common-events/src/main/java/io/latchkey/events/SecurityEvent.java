package io.latchkey.events;

/** What a security team watches; topic {@code latchkey.security-events}. */
public sealed interface SecurityEvent extends Event
        permits LinkSuppressed,
                LinkRefused,
                LinkConfirmed,
                LinkRejected,
                CodeRejected,
                LinkRevoked,
                SessionIssued,
                SessionRefreshed,
                SessionRevoked,
                RefreshReuseDetected,
                UserCreated,
                UserUpdated,
                UserDeleted,
                AppChanged,
                AdminActed,
                Alert {}
