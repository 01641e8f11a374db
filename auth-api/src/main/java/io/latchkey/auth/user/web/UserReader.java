package io.latchkey.auth.user.web;

import io.latchkey.auth.platform.NameForms;
import io.latchkey.auth.platform.StrictJson;
import io.latchkey.auth.problem.FieldErrors;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.user.NewUser;
import io.latchkey.auth.user.UserChange;
import io.latchkey.auth.user.UserStatus;
import io.latchkey.events.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns bodies into users and changes of users, or says everything that is wrong with them. */
@Component
class UserReader {
    private static final int MOST_ATTRIBUTES = 16 * 1024;
    private final StrictJson json;

    UserReader(StrictJson json) {
        this.json = json;
    }

    /**
     * @throws Problem {@code invalid_request} with one entry per field
     */
    NewUser read(byte[] body) {
        var sent = json.read(body, UserBody.class);
        var check = new Check();
        var email = check.email(sent.email());
        var user =
                new NewUser(
                        email,
                        check.text("/username", sent.username(), NameForms.USERNAME),
                        check.text("/phone_number", sent.phoneNumber(), NameForms.PHONE_NUMBER),
                        isAbsent(sent.attributes()) ? "{}" : check.attributes(sent.attributes()),
                        sent.status() == null
                                ? UserStatus.PENDING
                                : check.status(sent.status(), Set.of(UserStatus.values())),
                        false);
        check.end();
        return user;
    }

    /**
     * A merge patch: what it does not name stays, and null removes.
     *
     * @throws Problem {@code invalid_request} with one entry per field
     */
    UserChange patch(byte[] body) {
        var tree = json.tree(body);
        var sent = json.convert(tree, UserBody.class);
        var check = new Check();
        var change =
                new UserChange(
                        tree.has("email") ? check.email(sent.email()) : null,
                        named(
                                tree,
                                "username",
                                check.text("/username", sent.username(), NameForms.USERNAME)),
                        named(
                                tree,
                                "phone_number",
                                check.text(
                                        "/phone_number",
                                        sent.phoneNumber(),
                                        NameForms.PHONE_NUMBER)),
                        tree.has("attributes") ? check.attributes(sent.attributes()) : null,
                        tree.has("status")
                                ? check.status(
                                        sent.status(),
                                        Set.of(UserStatus.ACTIVE, UserStatus.BLOCKED))
                                : null);
        check.end();
        return change;
    }

    private static UserChange.@Nullable Text named(
            ObjectNode tree, String name, @Nullable String value) {
        return tree.has(name) ? new UserChange.Text(value) : null;
    }

    private static boolean isAbsent(@Nullable JsonNode node) {
        return node == null || node.isNull();
    }

    private static final class Check extends FieldErrors {
        /** Stands in while the other fields are checked; never leaves, since there is an error. */
        static final EmailAddress PLACEHOLDER = EmailAddress.parse("nobody@example.invalid");

        EmailAddress email(@Nullable String text) {
            try {
                return EmailAddress.parse(text == null ? "" : text);
            } catch (IllegalArgumentException e) {
                add("/email", String.valueOf(e.getMessage()));
                return PLACEHOLDER;
            }
        }

        @Nullable String text(String pointer, @Nullable String text, NameForms form) {
            if (text != null && !form.fits(text)) {
                expected(pointer, form.expected());
            }
            return text;
        }

        /** JSON; {@code null} as such. */
        String attributes(@Nullable JsonNode attributes) {
            if (attributes == null || attributes.isNull()) {
                return "null";
            }
            var text = attributes.toString();
            if (!attributes.isObject()
                    || text.getBytes(StandardCharsets.UTF_8).length > MOST_ATTRIBUTES) {
                expected("/attributes", "an object of at most 16 KiB");
            }
            return text;
        }

        UserStatus status(@Nullable String text, Set<UserStatus> allowed) {
            var found = allowed.stream().filter(s -> s.toString().equals(text)).findFirst();
            if (found.isEmpty()) {
                expected(
                        "/status",
                        String.join(
                                ", ",
                                allowed.stream().map(UserStatus::toString).sorted().toList()));
            }
            return found.orElse(UserStatus.PENDING);
        }
    }
}
