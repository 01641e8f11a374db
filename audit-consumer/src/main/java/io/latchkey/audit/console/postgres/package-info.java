/** What the console's charts count. */
@NullMarked
package io.latchkey.audit.console.postgres;

import org.jspecify.annotations.NullMarked;
