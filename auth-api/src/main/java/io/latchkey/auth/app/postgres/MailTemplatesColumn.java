package io.latchkey.auth.app.postgres;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.latchkey.events.MailOverrides;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Words of mails by language, as JSON. */
final class MailTemplatesColumn {
    private static final TypeReference<Map<String, MailOverrides>> TYPE = new TypeReference<>() {};
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private MailTemplatesColumn() {}

    static String write(Map<String, MailOverrides> templates) {
        return JSON.writeValueAsString(templates);
    }

    static Map<String, MailOverrides> read(String json) {
        return JSON.readValue(json, TYPE);
    }
}
