package io.latchkey.auth.mail;

import io.latchkey.auth.app.App;
import io.latchkey.auth.app.AppStore;
import io.latchkey.auth.app.StoredApp;
import io.latchkey.auth.link.DraftOrder;
import io.latchkey.auth.link.LinkRequest;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.Intent;
import io.latchkey.rendering.MailPreview;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Renders an app's mail without sending it. */
@Service
public class PreviewMail {
    private static final EmailAddress NOBODY = EmailAddress.parse("nobody@example.invalid");
    private final AppStore apps;
    private final DraftOrder draftOrder;

    PreviewMail(AppStore apps, DraftOrder draftOrder) {
        this.apps = apps;
        this.draftOrder = draftOrder;
    }

    /** Empty where there is no such app. */
    public Mono<MailPreview> preview(MailTry wished, String requestId) {
        return apps.look(wished.appId())
                .map(StoredApp::app)
                .map(app -> MailPreview.of(draftOrder.draft(app, request(app, wished), requestId)));
    }

    private static LinkRequest request(App app, MailTry wished) {
        return LinkRequest.plain(
                NOBODY,
                Intent.SIGN_IN_OR_UP,
                app.redirectUris().getFirst(),
                wished.locale(),
                wished.words());
    }
}
