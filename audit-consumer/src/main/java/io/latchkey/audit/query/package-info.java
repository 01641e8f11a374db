/** Finds events in the trail: filters, order, cursors. */
@NullMarked
package io.latchkey.audit.query;

import org.jspecify.annotations.NullMarked;
