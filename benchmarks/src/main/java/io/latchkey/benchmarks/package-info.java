/** Measures Latchkey from outside, one package per question; prints figures and the machine. */
@NullMarked
package io.latchkey.benchmarks;

import org.jspecify.annotations.NullMarked;
