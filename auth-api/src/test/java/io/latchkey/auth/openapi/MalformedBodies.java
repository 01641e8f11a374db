package io.latchkey.auth.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies that are wrong in one place each, made of one that would be taken. */
final class MalformedBodies {
    private static final String NOT_JSON = "Not one well-formed JSON object";
    private static final String NO_OBJECT = "expected: a JSON object";
    private static final String NOT_UTF8 = "not UTF-8";
    private static final String DIRTY = "no NUL, no unpaired surrogate";
    private static final String MARK = "<here>";

    private static final List<String> WRONG_TEXTS =
            List.of("1", "1.5", "true", "{}", "[]", "[\"x\"]");
    private static final List<String> WRONG_NUMBERS =
            List.of(
                    "\"60\"",
                    "\"\"",
                    "60.5",
                    "60.0",
                    "6e1",
                    "true",
                    "{}",
                    "[]",
                    "[60]",
                    "99999999999999999999");
    private static final List<String> WRONG_ARRAYS = List.of("\"x\"", "\"\"", "1", "true", "{}");
    private static final List<String> WRONG_ITEMS = List.of("1", "1.5", "true", "{}", "[]");
    private static final List<String> WRONG_OBJECTS =
            List.of("\"x\"", "\"\"", "1", "1.5", "true", "[]", "[{}]");
    private static final List<String> DIRTY_TEXTS =
            List.of("a\\u0000b", "\\u0000", "\\ud800", "\\udc00x", "\\uDC00\\uD83D", "x\\uD83Dx");

    /** No text at all, an overlong NUL, a surrogate, half a character. */
    private static final List<String> DIRTY_BYTES = List.of("ff", "c080", "eda080", "e282");

    private static final List<String> NO_OBJECTS =
            List.of("[]", "[{}]", "\"x\"", "null", "1", "true");
    private static final List<String> BROKEN =
            List.of(
                    "{",
                    "}",
                    "{} {}",
                    "{}x",
                    "{'a':1}",
                    "{a:1}",
                    "{\"a\":1,}",
                    "{\"a\":NaN}",
                    "{\"a\":01}",
                    "{\"a\":\"\n\"}",
                    "{\"a\":1 /* b */}");

    private final ObjectNode sample;
    private final UnaryOperator<JsonNode> resolve;
    private final List<Malformed> all = new ArrayList<>();

    /**
     * @param body a character for each byte
     * @param pointer where the answer has to say it is wrong
     * @param detail what it has to say there, among other things
     */
    record Malformed(String body, String pointer, String detail) {
        static Malformed of(byte[] body, String pointer, String detail) {
            return new Malformed(new String(body, ISO_8859_1), pointer, detail);
        }

        byte[] bytes() {
            return body.getBytes(ISO_8859_1);
        }
    }

    private MalformedBodies(ObjectNode sample, UnaryOperator<JsonNode> resolve) {
        this.sample = sample;
        this.resolve = resolve;
    }

    /**
     * @param schema of the document
     * @param needed pointers to what must not be null
     * @param resolve follows a reference of the document
     */
    static List<Malformed> of(
            ObjectNode sample,
            JsonNode schema,
            Set<String> needed,
            UnaryOperator<JsonNode> resolve) {
        var bodies = new MalformedBodies(sample, resolve);
        bodies.noObjects();
        bodies.noUtf8();
        bodies.tooDeep();
        bodies.twice();
        bodies.inObject(schema, "");
        needed.forEach(pointer -> bodies.add(pointer, "null", pointer, ""));
        return bodies.all;
    }

    private void noObjects() {
        add(bytes(""), "", "");
        add(bytes(" "), "", NO_OBJECT);
        NO_OBJECTS.forEach(text -> add(bytes(text), "", NO_OBJECT));
        BROKEN.forEach(text -> add(bytes(text), "", NOT_JSON));
        add(sample.toString().getBytes(UTF_16LE), "", NOT_JSON);
    }

    private void noUtf8() {
        var sent = with("/zzz", "\"" + MARK + "\"");
        var at = sent.indexOf(MARK);
        for (var dirty : DIRTY_BYTES) {
            var body = new ByteArrayOutputStream();
            body.writeBytes(bytes(sent.substring(0, at)));
            body.writeBytes(HexFormat.of().parseHex(dirty));
            body.writeBytes(bytes(sent.substring(at + MARK.length())));
            add(body.toByteArray(), "", NOT_UTF8);
        }
    }

    /** The body itself is one level. */
    private void tooDeep() {
        add("/zzz", "[".repeat(49) + "]".repeat(49), "/zzz", "unknown");
        add("/zzz", "[".repeat(50) + "]".repeat(50), "", NOT_JSON);
        add("/zzz", "{\"a\":".repeat(50) + "1" + "}".repeat(50), "", NOT_JSON);
    }

    private void twice() {
        for (var field : sample.properties()) {
            var again = "\"%s\":%s,".formatted(field.getKey(), field.getValue());
            var spelt =
                    "\"\\u%04x%s\":%s,"
                            .formatted(
                                    (int) field.getKey().charAt(0),
                                    field.getKey().substring(1),
                                    field.getValue());
            for (var more : List.of(again, spelt)) {
                add(bytes("{" + more + sample.toString().substring(1)), "", NOT_JSON);
            }
        }
        add("/zzz", "[{\"a\":1,\"b\":2,\"a\":1}]", "", NOT_JSON);
    }

    private void inObject(JsonNode schema, String pointer) {
        var fields = schema.path("properties");
        if (!fields.isMissingNode()) {
            for (var value : List.of("1", "null", "{}")) {
                add(pointer + "/zzz", value, pointer + "/zzz", "unknown field");
            }
        }
        for (var field : fields.properties()) {
            var at = pointer + "/" + field.getKey();
            inField(resolve.apply(field.getValue()), at);
        }
    }

    private void inField(JsonNode schema, String at) {
        switch (type(schema)) {
            case "string" -> {
                WRONG_TEXTS.forEach(value -> add(at, value, at, "expected"));
                dirty(at, "\"%s\"", at);
                if (schema.has("enum") || schema.has("const")) {
                    add(at, "\"zzz\"", at, "expected");
                }
            }
            case "integer" -> {
                WRONG_NUMBERS.forEach(value -> add(at, value, at, "expected"));
                add(at, "1e400", at, DIRTY);
            }
            case "array" -> {
                WRONG_ARRAYS.forEach(value -> add(at, value, at, "expected"));
                WRONG_ITEMS.forEach(item -> add(at, "[" + item + "]", at + "/0", "expected"));
                add(at, "[null]", at, "expected: no null in it");
                dirty(at, "[\"%s\"]", at + "/0");
            }
            case "object" -> {
                WRONG_OBJECTS.forEach(value -> add(at, value, at, "expected"));
                add(at, "{\"a\":1,\"a\":1}", "", NOT_JSON);
                add(at, "{\"a\":{\"b\":[{\"c\":1,\"c\":2}]}}", "", NOT_JSON);
                add(at, "{\"a\":[1,1e400]}", at + "/a/1", DIRTY);
                dirty(at, "{\"%s\":1}", at);
                dirty(at, "{\"a\":[{\"b\":\"%s\"}]}", at + "/a/0/b");
                inObject(schema, at);
            }
            default -> throw new IllegalArgumentException(at + ": " + schema);
        }
    }

    private void dirty(String at, String template, String pointer) {
        DIRTY_TEXTS.forEach(text -> add(at, template.formatted(text), pointer, DIRTY));
    }

    private static String type(JsonNode schema) {
        var type = schema.path("type");
        if (type.isArray()) {
            return type.get(0).stringValue();
        }
        return schema.has("enum") || schema.has("const") ? "string" : type.stringValue("none");
    }

    private void add(String at, String value, String pointer, String detail) {
        add(bytes(with(at, value)), pointer, detail);
    }

    private void add(byte[] body, String pointer, String detail) {
        all.add(Malformed.of(body, pointer, detail));
    }

    /** The sample with this value, as it is, at that place. */
    private String with(String at, String value) {
        var body = sample.deepCopy();
        var names = List.of(at.substring(1).split("/"));
        var parent = body;
        for (var name : names.subList(0, names.size() - 1)) {
            parent = parent.withObjectProperty(name);
        }
        parent.put(names.getLast(), "<value>");
        return body.toString().replace("\"<value>\"", value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
