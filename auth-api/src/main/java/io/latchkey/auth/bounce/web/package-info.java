/** Where providers of mail delivery call. */
@NullMarked
package io.latchkey.auth.bounce.web;

import org.jspecify.annotations.NullMarked;
