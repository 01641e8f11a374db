/** How long does the standalone take to turn ready, and how much memory does it hold? */
@NullMarked
package io.latchkey.benchmarks.ready;

import org.jspecify.annotations.NullMarked;
