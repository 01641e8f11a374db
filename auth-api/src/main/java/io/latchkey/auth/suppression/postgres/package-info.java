/** Suppressions in PostgreSQL. */
@NullMarked
package io.latchkey.auth.suppression.postgres;

import org.jspecify.annotations.NullMarked;
