/** Keeps how far each webhook has been told. */
@NullMarked
package io.latchkey.audit.webhook.postgres;

import org.jspecify.annotations.NullMarked;
