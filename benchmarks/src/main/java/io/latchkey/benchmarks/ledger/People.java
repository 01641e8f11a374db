package io.latchkey.benchmarks.ledger;

import io.latchkey.benchmarks.ledger.Api.Answer;
import io.latchkey.events.LinkId;
import io.latchkey.events.secret.EmailCode;
import io.latchkey.events.secret.MailKeyRing;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What people and apps do, each person once: sign in by code after a typing error, refresh, sign
 * out; a link that is revoked; a link for nobody; a user who is made, changed and deleted. Whatever
 * is done enters the ledger once it is known to be done.
 */
final class People {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration LONGEST_MAIL = Duration.ofMinutes(5);

    /** After which what a dead node had begun is over. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Api api;
    private final Ledger ledger;
    private final MailKeyRing ring;
    private final Predicate<String> hasMail;

    /**
     * @param hasMail whether an address has got its mail
     */
    People(Api api, Ledger ledger, MailKeyRing ring, Predicate<String> hasMail) {
        this.api = api;
        this.ledger = ledger;
        this.ring = ring;
        this.hasMail = hasMail;
    }

    /** Returns when that person has done everything. */
    void live(int person) throws InterruptedException {
        switch (person % 8) {
            case 0, 1, 2, 3 -> signIn(person);
            case 4, 5 -> revokedLink(person);
            case 6 -> linkForNobody(person);
            default -> user(person);
        }
    }

    private static String email(int person) {
        return "u" + person + "@d" + person % 50 + ".example";
    }

    private String requestLink(int person, String intent) throws InterruptedException {
        var body =
                JSON.objectNode()
                        .put("email", email(person))
                        .put("intent", intent)
                        .put("redirect_uri", "http://localhost:3000/callback");
        return expect(202, api.json("POST", "/api/v1/links", body)).text("link_id");
    }

    private String mailedLink(int person) throws InterruptedException {
        var link = requestLink(person, "sign_in_or_up");
        ledger.done("LinkRequested");
        var end = System.nanoTime() + LONGEST_MAIL.toNanos();
        while (!hasMail.test(email(person))) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no mail for " + link);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return link;
    }

    private void signIn(int person) throws InterruptedException {
        var link = mailedLink(person);
        var code = EmailCode.of(LinkId.parse(link), ring.currentKid(), ring);
        var wrong = code.equals("000000") ? "000001" : "000000";
        var refused = expect(400, grant(link, wrong));
        ledger.done("CodeRejected");
        if (refused.unsure()) {
            ledger.perhaps("CodeRejected");
        }
        var session = grant(link, code);
        if (session.unsure() && session.status() != 200) {
            signedInByWhoDied(link);
            return;
        }
        expect(200, session);
        ledger.done("LinkConfirmed", "SessionIssued", "UserCreated");
        refreshTwiceAndSignOut(session);
    }

    /** Its answer came to nobody for longer than a call can be repeated. */
    private void signedInByWhoDied(String link) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(SETTLED.toMillis());
        var status = expect(200, api.get("/api/v1/links/" + link)).text("status");
        switch (status) {
            case "exchanged" -> ledger.done("LinkConfirmed", "SessionIssued", "UserCreated");
            case "confirmed" -> ledger.done("LinkConfirmed", "UserCreated");
            default -> throw new IllegalStateException("right code refused, link " + status);
        }
    }

    private Answer grant(String link, String code) throws InterruptedException {
        return api.form(
                "/oauth2/token",
                Map.of(
                        "grant_type",
                        "urn:latchkey:grant-type:email-code",
                        "link_id",
                        link,
                        "code",
                        code));
    }

    private void refreshTwiceAndSignOut(Answer session) throws InterruptedException {
        var token = session.text("refresh_token");
        for (int i = 0; i < 2; i++) {
            var refreshed =
                    api.form(
                            "/oauth2/token",
                            Map.of("grant_type", "refresh_token", "refresh_token", token));
            if (refreshed.status() != 200 && refreshed.unsure()) {
                // The answer to the first try came to nobody for longer than it can be repeated.
                ledger.done();
                ledger.perhaps("SessionRefreshed");
                ledger.perhaps("RefreshReuseDetected");
                ledger.perhaps("SessionRevoked");
                return;
            }
            token = expect(200, refreshed).text("refresh_token");
            ledger.done("SessionRefreshed");
        }
        expect(204, api.delete("/api/v1/sessions/" + session.text("session_id")));
        ledger.done("SessionRevoked");
    }

    private void revokedLink(int person) throws InterruptedException {
        var link = mailedLink(person);
        expect(204, api.delete("/api/v1/links/" + link));
        ledger.done("LinkRevoked");
    }

    private void linkForNobody(int person) throws InterruptedException {
        requestLink(person, "sign_in");
        ledger.done("LinkSuppressed");
    }

    private void user(int person) throws InterruptedException {
        var made = api.json("POST", "/api/v1/users", JSON.objectNode().put("email", email(person)));
        String id;
        if (made.status() == 409 && made.unsure()) {
            var found = expect(200, api.get("/api/v1/users?email=" + email(person)));
            id = found.body().required("items").get(0).required("user_id").stringValue();
        } else {
            id = expect(201, made).text("user_id");
        }
        ledger.done("UserCreated");
        var change = JSON.objectNode();
        change.putObject("attributes").put("plan", "large");
        var changed = expect(200, api.json("PATCH", "/api/v1/users/" + id, change));
        ledger.done("UserUpdated");
        if (changed.unsure()) {
            ledger.perhaps("UserUpdated");
        }
        var deleted = api.delete("/api/v1/users/" + id);
        if (deleted.status() != 404 || !deleted.unsure()) {
            expect(204, deleted);
        }
        ledger.done("UserDeleted");
    }

    private static Answer expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new IllegalStateException(
                    answer.status() + " (expected: " + status + ") " + answer.body());
        }
        return answer;
    }
}
