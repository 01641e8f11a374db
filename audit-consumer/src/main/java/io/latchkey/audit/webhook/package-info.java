/** Tells other systems of alerts. */
@NullMarked
package io.latchkey.audit.webhook;

import org.jspecify.annotations.NullMarked;
