/** Apps of other people, for tests: they know Latchkey by its public contract alone. */
@NullMarked
package io.latchkey.standalone.clients;

import org.jspecify.annotations.NullMarked;
