/** Planted for the architecture test. */
@NullMarked
package io.latchkey.violations.auth.link.web;

import org.jspecify.annotations.NullMarked;
