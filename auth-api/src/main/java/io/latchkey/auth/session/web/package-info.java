/** Sessions over the native API. */
@NullMarked
package io.latchkey.auth.session.web;

import org.jspecify.annotations.NullMarked;
