/** Links in PostgreSQL: every change of state is one statement. */
@NullMarked
package io.latchkey.auth.link.postgres;

import org.jspecify.annotations.NullMarked;
