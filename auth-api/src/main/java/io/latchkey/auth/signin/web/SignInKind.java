package io.latchkey.auth.signin.web;

import io.latchkey.events.Intent;
import java.util.Locale;

/**
 * The two forms that ask for an address. Signing in makes an account as well where the app lets
 * strangers in, so that nobody has to know whether he has one.
 */
enum SignInKind {
    SIGN_IN("/sign-in", Intent.SIGN_IN_OR_UP),
    SIGN_UP("/sign-up", Intent.SIGN_UP);

    private final String path;
    private final Intent intent;

    SignInKind(String path, Intent intent) {
        this.path = path;
        this.intent = intent;
    }

    String path() {
        return path;
    }

    Intent intent() {
        return intent;
    }

    SignInKind other() {
        return this == SIGN_IN ? SIGN_UP : SIGN_IN;
    }

    /** Names its words in the message files. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace("_", "");
    }
}
