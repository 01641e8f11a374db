package io.latchkey.mail.delivery;

import io.latchkey.events.LinkId;
import java.util.Optional;

/** Which links have ended although their mail may still be under way. */
public interface LinkEnds {
    /** How a link ended. */
    enum LinkEnd {
        /** By its owner: the mail had come, though no relay said that it took it. */
        USED,
        /** By the app, a sibling, wrong codes or a change of the user. */
        REVOKED
    }

    /** Empty where nothing is known of an end. */
    Optional<LinkEnd> of(LinkId link);
}
