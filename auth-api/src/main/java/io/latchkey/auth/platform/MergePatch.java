package io.latchkey.auth.platform;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Members of the patch replace, null removes, objects are merged at any depth.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc7396">RFC 7396</a>
 */
public final class MergePatch {
    private MergePatch() {}

    /** The target, changed. */
    public static ObjectNode apply(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(member -> merge(target, member.getKey(), member.getValue()));
        return target;
    }

    private static void merge(ObjectNode target, String name, JsonNode value) {
        if (value.isNull()) {
            target.remove(name);
        } else if (value instanceof ObjectNode patch) {
            var present =
                    target.get(name) instanceof ObjectNode object ? object : target.objectNode();
            target.set(name, apply(present, patch));
        } else {
            target.set(name, value);
        }
    }
}
