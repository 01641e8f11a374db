package io.latchkey.events;

import java.util.Locale;

/** How a link was confirmed. */
public enum Means {
    /** The button of the mailed page. */
    BUTTON,
    /** The six-digit code. */
    CODE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
