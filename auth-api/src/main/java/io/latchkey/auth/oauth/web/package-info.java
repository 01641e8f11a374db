/** OAuth 2 over HTTP: token endpoint and discovery. */
@NullMarked
package io.latchkey.auth.oauth.web;

import org.jspecify.annotations.NullMarked;
