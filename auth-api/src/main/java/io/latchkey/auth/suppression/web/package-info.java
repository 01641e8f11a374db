/** Suppressions over the native API, for the administrator. */
@NullMarked
package io.latchkey.auth.suppression.web;

import org.jspecify.annotations.NullMarked;
