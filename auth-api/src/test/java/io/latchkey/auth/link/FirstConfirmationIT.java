package io.latchkey.auth.link;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Backend;
import io.latchkey.auth.Person;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.UserCreated;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promise S7: proof before profile. */
class FirstConfirmationIT {
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void aRequestThatNobodyConfirmsMakesNoUser() {
        var request = requestFor(newAddress());
        request.put("attributes", Map.of("name", "Mallory"));

        var _ = backend.link(request);

        assertThat(TestRows.count("FROM auth.\"user\" WHERE email = ?", request.get("email")))
                .isZero();
    }

    @Test
    void theFirstConfirmationMakesTheUserWithItsAttributesAndLaterOnesChangeNothing() {
        var request = requestFor(newAddress());
        request.put("attributes", Map.of("name", "Ada"));
        var first = backend.link(request);
        request.put("attributes", Map.of("name", "Mallory", "role", "admin"));
        try (var person = new Person()) {
            var _ = person.confirm(first);
            var second = backend.link(request);
            var _ = person.confirm(second);

            assertThat(user(request.get("email")))
                    .containsEntry("attributes", "{\"name\": \"Ada\"}")
                    .containsEntry("email_verified", "t")
                    .containsEntry("status", "active");
            assertThat(TestEvents.awaitOne(first, UserCreated.class).changed())
                    .containsExactlyInAnyOrder("email", "attributes");
            TestEvents.awaitExactly(second, "LinkRequested", "LinkConfirmed");
        }
    }

    private static Map<String, @Nullable String> user(@Nullable Object email) {
        return TestRows.select("SELECT * FROM auth.\"user\" WHERE email = ?", email).getFirst();
    }
}
