package io.latchkey.events;

import java.util.Locale;

/** What the asking app wants the link to do. */
public enum Intent {
    /** Sign in, or sign up where the app lets strangers in. */
    SIGN_IN_OR_UP,
    /** Sign in only: nothing is mailed to an unknown address. */
    SIGN_IN,
    /** Sign up; an ordinary sign-in for a known address. */
    SIGN_UP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
