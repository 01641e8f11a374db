/** The outbox in PostgreSQL. */
@NullMarked
package io.latchkey.auth.outbox.postgres;

import org.jspecify.annotations.NullMarked;
