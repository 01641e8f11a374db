/** Whether answers tell who has an account. */
@NullMarked
package io.latchkey.benchmarks.silence;

import org.jspecify.annotations.NullMarked;
