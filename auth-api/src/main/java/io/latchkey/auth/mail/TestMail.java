package io.latchkey.auth.mail;

import io.latchkey.auth.app.AppStore;
import io.latchkey.auth.app.StoredApp;
import io.latchkey.auth.link.RequestTestLink;
import io.latchkey.auth.link.TestLinkResult;
import io.latchkey.events.EmailAddress;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Sends an app's mail to somebody who wants to see it, by the way of all mails. Its link is dead
 * from birth. An administrator's act.
 */
@Service
public class TestMail {
    private final AppStore apps;
    private final RequestTestLink requestTestLink;

    TestMail(AppStore apps, RequestTestLink requestTestLink) {
        this.apps = apps;
        this.requestTestLink = requestTestLink;
    }

    /** Empty where there is no such app. */
    public Mono<TestLinkResult> send(MailTry wished, EmailAddress to, String requestId) {
        return apps.look(wished.appId())
                .map(StoredApp::app)
                .flatMap(
                        app ->
                                requestTestLink.request(
                                        app, to, wished.locale(), wished.words(), requestId));
    }
}
