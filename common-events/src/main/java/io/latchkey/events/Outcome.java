package io.latchkey.events;

import java.util.Locale;

/** How an attempt ended, for whoever reads the trail. */
public enum Outcome {
    /** It happened. */
    SUCCESS,
    /** Policy, a limit, or a bad or dead credential said no. */
    REFUSED,
    /** Something broke. */
    FAILURE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
