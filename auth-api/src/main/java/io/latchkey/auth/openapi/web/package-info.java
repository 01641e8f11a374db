/** The description of the API over HTTP. */
@NullMarked
package io.latchkey.auth.openapi.web;

import org.jspecify.annotations.NullMarked;
