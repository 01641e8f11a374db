/** Apps in PostgreSQL. */
@NullMarked
package io.latchkey.auth.app.postgres;

import org.jspecify.annotations.NullMarked;
