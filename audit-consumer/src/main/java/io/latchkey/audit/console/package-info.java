/** The pages that security engineers watch the trail on. */
@NullMarked
package io.latchkey.audit.console;

import org.jspecify.annotations.NullMarked;
