/** What every feature stands on: settings, connections, credentials, request ids. */
@NullMarked
package io.latchkey.audit.platform;

import org.jspecify.annotations.NullMarked;
