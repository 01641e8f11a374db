/** How long events are kept: old ones go to files, their hashes stay. */
@NullMarked
package io.latchkey.audit.retention;

import org.jspecify.annotations.NullMarked;
