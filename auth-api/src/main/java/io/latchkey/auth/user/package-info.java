/** Users: made by apps or by their first sign-in, changed by apps, erased for good. */
@NullMarked
package io.latchkey.auth.user;

import org.jspecify.annotations.NullMarked;
