/** Users over the native API. */
@NullMarked
package io.latchkey.auth.user.web;

import org.jspecify.annotations.NullMarked;
