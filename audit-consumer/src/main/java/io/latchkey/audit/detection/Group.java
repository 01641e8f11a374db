package io.latchkey.audit.detection;

/** What events have in common that a rule counts together. */
public enum Group {
    /** All of them. */
    ALL,
    /** The network of the client: 24 bits of an IPv4 address, 64 of an IPv6 address. */
    NETWORK,
    /** The person's address, as its keyed hash. */
    SUBJECT,
    APP,
    SESSION
}
