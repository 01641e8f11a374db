/** Rows, offsets and the fence between rival appenders, in one transaction. */
@NullMarked
package io.latchkey.audit.ingest.postgres;

import org.jspecify.annotations.NullMarked;
