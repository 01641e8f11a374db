/** What every feature stands on: database access, security of HTTP, request ids, health. */
@NullMarked
package io.latchkey.auth.platform;

import org.jspecify.annotations.NullMarked;
