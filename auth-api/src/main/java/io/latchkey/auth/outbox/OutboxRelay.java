package io.latchkey.auth.outbox;

import java.util.Collection;

/**
 * Publishes events right after the commit that kept them. It never blocks and never fails its
 * caller: what cannot be published now stays in the table, and the sweeper takes it over when its
 * lease has run out.
 */
public interface OutboxRelay {
    /** Rows that a statement of this node has just written or taken over. */
    void publish(Collection<OutboxRow> rows);

    /** Whether it has room for another round of the sweeper. */
    boolean hasRoom();

    /** Whether the last row that it tried was not taken. */
    boolean isFailing();
}
