/** The command that checks a whole log, over HTTP or from files. */
@NullMarked
package io.latchkey.audit.verify;

import org.jspecify.annotations.NullMarked;
