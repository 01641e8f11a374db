/** Who calls the native API: an app by its secret or its access token. */
@NullMarked
package io.latchkey.auth.app.web;

import org.jspecify.annotations.NullMarked;
