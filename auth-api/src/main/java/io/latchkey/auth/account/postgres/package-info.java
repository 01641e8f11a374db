/** Reads accounts from PostgreSQL. */
@NullMarked
package io.latchkey.auth.account.postgres;

import org.jspecify.annotations.NullMarked;
