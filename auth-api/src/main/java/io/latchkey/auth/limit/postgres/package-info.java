/** Counters in PostgreSQL. */
@NullMarked
package io.latchkey.auth.limit.postgres;

import org.jspecify.annotations.NullMarked;
