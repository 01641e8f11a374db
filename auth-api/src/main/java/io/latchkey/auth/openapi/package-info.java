/** The description of the API, as machines and people read it. */
@NullMarked
package io.latchkey.auth.openapi;

import org.jspecify.annotations.NullMarked;
