package io.latchkey.auth.link;

import io.latchkey.auth.app.App;
import io.latchkey.events.LinkRequested;
import io.latchkey.rendering.MailPreview;
import org.springframework.stereotype.Service;

/** Draws up the order for a mail that nobody has asked for, to see what it would be. */
@Service
public class DraftOrder {
    private final NewLinks newLinks;

    DraftOrder(NewLinks newLinks) {
        this.newLinks = newLinks;
    }

    public LinkRequested draft(App app, LinkRequest request, String requestId) {
        var context = MailPreview.asked(newLinks.context(app, request, requestId));
        return newLinks.order(app, request, context);
    }
}
