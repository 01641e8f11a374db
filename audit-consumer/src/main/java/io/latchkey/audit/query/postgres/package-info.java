/** Searches the rows of the trail. */
@NullMarked
package io.latchkey.audit.query.postgres;

import org.jspecify.annotations.NullMarked;
