package io.latchkey.auth.openapi;

import io.latchkey.auth.platform.LatchkeyProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code openapi/latchkey-api.yaml}, with the address of this installation. */
@Component
public class OpenApiDocument {
    private static final String RESOURCE = "/openapi/latchkey-api.yaml";
    private static final JsonMapper JSON = new JsonMapper();
    private final ObjectNode document;

    OpenApiDocument(LatchkeyProperties properties) {
        document = read();
        document.set(
                "servers",
                JSON.valueToTree(List.of(Map.of("url", properties.publicUrl().toString()))));
    }

    private static ObjectNode read() {
        try (var in = OpenApiDocument.class.getResourceAsStream(RESOURCE)) {
            var options = new LoaderOptions();
            options.setMaxAliasesForCollections(1000);
            return JSON.valueToTree(new Yaml(new SafeConstructor(options)).load(in));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    public ObjectNode json() {
        return document.deepCopy();
    }

    /** What a reference within the document points to; anything else as it is. */
    public JsonNode resolve(JsonNode node) {
        var reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }
}
