package io.latchkey.events.wire;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code asyncapi/latchkey-events.yaml}, as others read it. */
final class AsyncApiDocument {
    private static final String SCHEMAS = "#/components/schemas/";
    private final JsonNode document = read();
    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

    private static JsonNode read() {
        var name = "/asyncapi/latchkey-events.yaml";
        try (var in = AsyncApiDocument.class.getResourceAsStream(name)) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By address. */
    Map<String, JsonNode> channels() {
        var channels = new TreeMap<String, JsonNode>();
        document.required("channels")
                .forEach(
                        channel ->
                                channels.put(channel.required("address").stringValue(), channel));
        return channels;
    }

    Map<String, JsonNode> messages() {
        return named("messages");
    }

    Map<String, JsonNode> schemas() {
        return named("schemas");
    }

    private Map<String, JsonNode> named(String components) {
        var byName = new TreeMap<String, JsonNode>();
        document.required("components")
                .required(components)
                .properties()
                .forEach(entry -> byName.put(entry.getKey(), entry.getValue()));
        return byName;
    }

    /** What a schema does not allow about a value. */
    List<Error> validate(JsonNode schema, JsonNode value) {
        return compiled(schema).validate(value);
    }

    private Schema compiled(JsonNode schema) {
        var nodes = JsonNodeFactory.instance;
        // The definitions beside it are what its references point into.
        var root = nodes.objectNode();
        root.set("allOf", nodes.arrayNode().add(schema));
        root.set("components", document.required("components"));
        return registry.getSchema(root);
    }

    /** The name that a reference to a schema ends with; null where it is none. */
    static String referenced(JsonNode schema) {
        var reference = schema.path("$ref").asString("");
        return reference.startsWith(SCHEMAS) ? reference.substring(SCHEMAS.length()) : null;
    }

    /**
     * All fields that a schema describes, by pointer, each as {@link #describe} puts it, followed
     * by {@code , required} where it is.
     */
    Map<String, String> fields(String schema) {
        var fields = new TreeMap<String, String>();
        collect("", schemas().get(schema), fields);
        return fields;
    }

    private void collect(String prefix, JsonNode schema, Map<String, String> fields) {
        schema.path("allOf").forEach(part -> collect(prefix, resolve(part), fields));
        var required = schema.path("required").valueStream().map(JsonNode::stringValue).toList();
        schema.path("properties")
                .properties()
                .forEach(
                        property -> {
                            var pointer = prefix + "/" + property.getKey();
                            var suffix = required.contains(property.getKey()) ? ", required" : "";
                            fields.put(pointer, describe(property.getValue()) + suffix);
                            collect(pointer, resolve(property.getValue()), fields);
                        });
    }

    private String describe(JsonNode schema) {
        var name = referenced(schema);
        if (name != null) {
            var values = resolve(schema).path("enum").valueStream().map(JsonNode::stringValue);
            var listed = values.toList();
            return listed.isEmpty() ? name : name + listed;
        }
        var type = schema.required("type").stringValue();
        var format = schema.path("format").asString("");
        return switch (type) {
            case "array" ->
                    (schema.path("uniqueItems").asBoolean() ? "set of " : "list of ")
                            + describe(schema.required("items"));
            default -> format.isEmpty() ? type : type + " " + format;
        };
    }

    private JsonNode resolve(JsonNode schema) {
        var name = referenced(schema);
        return name == null ? schema : schemas().get(name);
    }
}
