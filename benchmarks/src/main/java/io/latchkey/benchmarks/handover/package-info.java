/** How long after the 202 does the relay have the mail? */
@NullMarked
package io.latchkey.benchmarks.handover;

import org.jspecify.annotations.NullMarked;
