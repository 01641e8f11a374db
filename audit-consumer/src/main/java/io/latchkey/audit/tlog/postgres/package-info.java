/** Reads tiles, leaves and checkpoints. */
@NullMarked
package io.latchkey.audit.tlog.postgres;

import org.jspecify.annotations.NullMarked;
