/** The trail in other people's formats. */
@NullMarked
package io.latchkey.audit.export;

import org.jspecify.annotations.NullMarked;
