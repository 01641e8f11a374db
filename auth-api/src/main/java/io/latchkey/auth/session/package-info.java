/** Sessions: begun by an authorization code, carried on by refresh tokens. */
@NullMarked
package io.latchkey.auth.session;

import org.jspecify.annotations.NullMarked;
