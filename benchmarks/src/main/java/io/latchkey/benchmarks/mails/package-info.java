/** How fast mail workers are, how they grow, and what slow mails do to the others. */
@NullMarked
package io.latchkey.benchmarks.mails;

import org.jspecify.annotations.NullMarked;
