/** What people see of their own account. */
@NullMarked
package io.latchkey.auth.account;

import org.jspecify.annotations.NullMarked;
