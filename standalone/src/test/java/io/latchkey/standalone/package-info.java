/** Checks the standalone, from its files to kill -9 of the whole. */
@NullMarked
package io.latchkey.standalone;

import org.jspecify.annotations.NullMarked;
