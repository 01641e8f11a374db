/** Signing keys in PostgreSQL, encrypted under the key ring. */
@NullMarked
package io.latchkey.auth.token.postgres;

import org.jspecify.annotations.NullMarked;
