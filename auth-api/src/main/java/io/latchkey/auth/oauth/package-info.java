/** The grants of the token endpoint, a class each. */
@NullMarked
package io.latchkey.auth.oauth;

import org.jspecify.annotations.NullMarked;
