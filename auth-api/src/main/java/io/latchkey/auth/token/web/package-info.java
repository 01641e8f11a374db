/** The public keys over HTTP. */
@NullMarked
package io.latchkey.auth.token.web;

import org.jspecify.annotations.NullMarked;
