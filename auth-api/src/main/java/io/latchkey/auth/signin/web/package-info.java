/** The pages of signing in. */
@NullMarked
package io.latchkey.auth.signin.web;

import org.jspecify.annotations.NullMarked;
