/** The pages of the account. */
@NullMarked
package io.latchkey.auth.account.web;

import org.jspecify.annotations.NullMarked;
