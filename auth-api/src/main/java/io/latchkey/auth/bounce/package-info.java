/** What those who deliver our mails tell about mails that came back. */
@NullMarked
package io.latchkey.auth.bounce;

import org.jspecify.annotations.NullMarked;
