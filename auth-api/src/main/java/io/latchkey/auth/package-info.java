/** The API that takes requests for links, confirms them, and issues sessions. */
@NullMarked
package io.latchkey.auth;

import org.jspecify.annotations.NullMarked;
