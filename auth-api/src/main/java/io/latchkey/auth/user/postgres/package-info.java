/** Users in PostgreSQL. */
@NullMarked
package io.latchkey.auth.user.postgres;

import org.jspecify.annotations.NullMarked;
