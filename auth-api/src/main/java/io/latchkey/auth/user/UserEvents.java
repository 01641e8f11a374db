package io.latchkey.auth.user;

import io.latchkey.auth.app.AdminActs;
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

    /**
     * @param action of {@link AdminActs}
     */
    UserAct act(
            Caller caller,
            String action,
            String requestId,
            String tenant,
            EmailAddress email,
            UserId id) {
        var context = about(EventContext.of(tenant, caller.appId(), requestId), email, id);
        return new UserAct(context, AdminActs.of(caller, action, context));
    }

    /** Of what happens by itself. */
    UserAct act(User user) {
        return new UserAct(
                about(EventContext.of(user.tenant(), null, null), user.email(), user.id()), null);
    }

    private EventContext about(EventContext context, EmailAddress email, UserId id) {
        return context.withAddress(subjects.subject(email), email.masked())
                .withUser(id)
                .withOutcome(Outcome.SUCCESS, null);
    }
}
