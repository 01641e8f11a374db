package io.latchkey.auth.bounce;

import io.latchkey.events.MailBounced;
import java.util.List;
import java.util.function.Function;

/** Whoever delivers our mails, and calls when one comes back. */
interface BounceProvider {
    /** As it stands in the path of its webhook. */
    String name();

    /** Whether the operator has said how to know its calls. */
    boolean isConfigured();

    /**
     * @param header gives the value of a header, empty where there is none
     */
    Reading read(Function<String, String> header, byte[] body);

    /** What a call turned out to be. */
    sealed interface Reading {
        /**
         * @param bounces of our links, among whatever else it told
         */
        record Genuine(List<MailBounced> bounces) implements Reading {}

        /** Not signed by it, or not now. */
        record Forged() implements Reading {}

        /** Signed, and not in its format. */
        record Illegible() implements Reading {}
    }
}
