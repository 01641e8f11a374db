/** The parts of an installation, to be started, killed and stopped. */
@NullMarked
package io.latchkey.benchmarks.stack;

import org.jspecify.annotations.NullMarked;
