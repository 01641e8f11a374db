/** Reads the audited topics from where the trail ends, and sets aside what nobody can read. */
@NullMarked
package io.latchkey.audit.ingest.kafka;

import org.jspecify.annotations.NullMarked;
