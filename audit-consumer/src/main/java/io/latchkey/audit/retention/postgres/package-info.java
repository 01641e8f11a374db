/** Drops the partitions whose events are in files. */
@NullMarked
package io.latchkey.audit.retention.postgres;

import org.jspecify.annotations.NullMarked;
