package io.latchkey.auth.platform;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads request bodies so that no typo and no trick passes silently: unknown fields, duplicate keys
 * at any depth, other types than asked for, more than 50 levels, NUL, unpaired surrogates, numbers
 * that no double holds and bytes that are not UTF-8 are refused, each naming its place.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc7493">RFC 7493 (I-JSON)</a>
 */
@Component
public class StrictJson {
    private static final int MAX_DEPTH = 50;

    private final JsonMapper mapper =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .withCoercionConfig(
                            LogicalType.Textual,
                            config ->
                                    config.setCoercion(
                                                    CoercionInputShape.Integer, CoercionAction.Fail)
                                            .setCoercion(
                                                    CoercionInputShape.Float, CoercionAction.Fail)
                                            .setCoercion(
                                                    CoercionInputShape.Boolean,
                                                    CoercionAction.Fail))
                    .build();

    /**
     * @throws Problem {@code invalid_request} for anything that is not exactly one value of the
     *     type
     */
    public <T> T read(byte[] body, Class<T> type) {
        return convert(tree(body), type);
    }

    /**
     * @throws Problem {@code invalid_request} naming the first field that the type has not, or not
     *     so
     */
    public <T> T convert(ObjectNode tree, Class<T> type) {
        try {
            return mapper.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw notOfItsType(e);
        }
    }

    /** The JSON of a value, by the same names. */
    public ObjectNode tree(Object value) {
        return mapper.valueToTree(value);
    }

    /**
     * @throws Problem {@code invalid_request} for anything that is not exactly one clean object
     */
    public ObjectNode tree(byte[] body) {
        try {
            if (!(mapper.readTree(utf8(body)) instanceof ObjectNode tree)) {
                throw Problem.invalid("", "expected: a JSON object");
            }
            var dirty = dirtyPlace(tree);
            if (dirty != null) {
                throw Problem.invalid(
                        dirty,
                        "expected: no NUL, no unpaired surrogate, numbers of double precision");
            }
            return tree;
        } catch (JacksonException e) {
            throw Problem.of(
                    ProblemCode.INVALID_REQUEST,
                    "Not one well-formed JSON object (no duplicate keys, at most 50 levels).");
        }
    }

    private static Problem notOfItsType(JacksonException e) {
        return Problem.invalid(pointer(e), "unknown field, or not of the expected type");
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw Problem.of(ProblemCode.INVALID_REQUEST, "The body is not UTF-8.");
        }
    }

    /** The place of the first text or number that the database cannot keep, or null. */
    private static @Nullable String dirtyPlace(JsonNode node) {
        if (node.isString()) {
            return isDirty(node.stringValue()) ? "" : null;
        }
        if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
            return "";
        }
        for (var property : node.properties()) {
            if (isDirty(property.getKey())) {
                return "";
            }
            var below = dirtyPlace(property.getValue());
            if (below != null) {
                return "/" + escape(property.getKey()) + below;
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            var below = dirtyPlace(node.get(i));
            if (below != null) {
                return "/" + i + below;
            }
        }
        return null;
    }

    private static boolean isDirty(@Nullable String text) {
        return text != null && text.codePoints().anyMatch(StrictJson::isDirty);
    }

    private static boolean isDirty(int codePoint) {
        return codePoint == 0
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    private static String pointer(JacksonException e) {
        return e.getPath().stream()
                .map(
                        step ->
                                step.getPropertyName() == null
                                        ? Integer.toString(step.getIndex())
                                        : escape(step.getPropertyName()))
                .map(name -> "/" + name)
                .collect(Collectors.joining());
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
