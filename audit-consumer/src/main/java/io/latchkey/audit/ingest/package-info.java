/** Every event into the trail once, by one appender at a time. */
@NullMarked
package io.latchkey.audit.ingest;

import org.jspecify.annotations.NullMarked;
