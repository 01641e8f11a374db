package io.latchkey.auth.openapi;

import io.latchkey.auth.openapi.ApiOperation.Answer;
import io.latchkey.auth.openapi.ApiOperation.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The document as people read it: by tag, with every reference followed. */
@Component
public class ApiReference {
    private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete");
    private static final String DESCRIPTION = "description";
    private final OpenApiDocument document;

    ApiReference(OpenApiDocument document) {
        this.document = document;
    }

    public String description() {
        return text(document.json().path("info"), DESCRIPTION);
    }

    public List<ApiTag> tags() {
        var json = document.json();
        return json.path("tags")
                .valueStream()
                .map(
                        tag ->
                                new ApiTag(
                                        text(tag, "name"),
                                        text(tag, DESCRIPTION),
                                        operations(json, text(tag, "name"))))
                .toList();
    }

    private List<ApiOperation> operations(JsonNode json, String tag) {
        var operations = new ArrayList<ApiOperation>();
        for (var path : json.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())
                        && tag.equals(operation.getValue().path("tags").path(0).asString())) {
                    operations.add(
                            operation(
                                    path.getKey(),
                                    path.getValue(),
                                    operation.getKey(),
                                    operation.getValue(),
                                    json.path("security")));
                }
            }
        }
        return operations;
    }

    private ApiOperation operation(
            String path, JsonNode shared, String method, JsonNode operation, JsonNode usual) {
        return new ApiOperation(
                text(operation, "operationId"),
                method.toUpperCase(Locale.ROOT),
                path,
                text(operation, "summary"),
                text(operation, DESCRIPTION),
                credentials(operation.has("security") ? operation.path("security") : usual),
                Stream.of(shared, operation)
                        .flatMap(node -> node.path("parameters").valueStream())
                        .map(document::resolve)
                        .map(this::parameter)
                        .toList(),
                fields(schema(document.resolve(operation.path("requestBody")))),
                operation.path("responses").properties().stream().map(this::answer).toList());
    }

    private static String credentials(JsonNode security) {
        return security.valueStream()
                .map(one -> one.isEmpty() ? "none" : String.join(" and ", one.propertyNames()))
                .collect(Collectors.joining(" or "));
    }

    private Field parameter(JsonNode parameter) {
        return new Field(
                text(parameter, "name"),
                text(parameter, "in") + ", " + type(parameter.path("schema")),
                text(parameter, DESCRIPTION),
                parameter.path("required").asBoolean(false));
    }

    private Answer answer(Map.Entry<String, JsonNode> answer) {
        var body = document.resolve(answer.getValue());
        var schema = schema(body);
        return new Answer(
                answer.getKey(),
                text(body, DESCRIPTION),
                answer.getKey().startsWith("2") ? fields(schema) : List.of());
    }

    private JsonNode schema(JsonNode body) {
        return body.path("content")
                .valueStream()
                .findFirst()
                .map(content -> document.resolve(content.path("schema")))
                .orElse(body.path("schema"));
    }

    private List<Field> fields(JsonNode schema) {
        var required = schema.path("required").valueStream().map(JsonNode::asString).toList();
        return schema.path("properties").properties().stream()
                .map(
                        field ->
                                new Field(
                                        field.getKey(),
                                        type(field.getValue()),
                                        text(document.resolve(field.getValue()), DESCRIPTION),
                                        required.contains(field.getKey())))
                .toList();
    }

    private String type(JsonNode schema) {
        var resolved = document.resolve(schema);
        if (resolved.has("enum")) {
            return joined(resolved.path("enum"));
        }
        if (resolved.has("const")) {
            return resolved.path("const").asString();
        }
        var type = resolved.path("type");
        var name = type.isArray() ? joined(type) : type.asString("any");
        return resolved.has("items") ? name + " of " + type(resolved.path("items")) : name;
    }

    private static String joined(JsonNode values) {
        return values.valueStream().map(JsonNode::asString).collect(Collectors.joining(" | "));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
