package io.latchkey.auth.user;

import io.latchkey.auth.app.Caller;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.EventContext;
import io.latchkey.events.Outcome;
import io.latchkey.events.Subject;
import io.latchkey.events.UserId;
import io.latchkey.events.secret.SubjectKey;
import org.springframework.stereotype.Component;

/** What events about users say of them: never more than the keyed hash and the masked address. */
@Component
class UserEvents {
    private final SubjectKey subjects;

    UserEvents(SubjectKey subjects) {
        this.subjects = subjects;
    }

    Subject subject(EmailAddress email) {
        return subjects.subject(email);
    }

    EventContext context(
            Caller caller, String requestId, String tenant, EmailAddress email, UserId id) {
        return about(EventContext.of(tenant, caller.appId(), requestId), email, id);
    }

    /** Of what happens by itself. */
    EventContext context(User user) {
        return about(EventContext.of(user.tenant(), null, null), user.email(), user.id());
    }

    private EventContext about(EventContext context, EmailAddress email, UserId id) {
        return context.withAddress(subjects.subject(email), email.masked())
                .withUser(id)
                .withOutcome(Outcome.SUCCESS, null);
    }
}
