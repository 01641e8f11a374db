package io.latchkey.audit.query;

/** In which direction pages go through the trail. */
public enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
}
