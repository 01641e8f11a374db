/** Signed tokens: access tokens, id tokens, and the keys they are signed with. */
@NullMarked
package io.latchkey.auth.token;

import org.jspecify.annotations.NullMarked;
