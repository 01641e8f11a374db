/** Signing in on our own pages: asking for a link, waiting for it, pressing its button. */
@NullMarked
package io.latchkey.auth.signin;

import org.jspecify.annotations.NullMarked;
