/** Sessions in PostgreSQL: every change of state is one statement. */
@NullMarked
package io.latchkey.auth.session.postgres;

import org.jspecify.annotations.NullMarked;
