package io.latchkey.events.secret;

/** Rings of two entries, as in the vectors, and what is left of them in a rotation. */
final class TestRings {
    private static final String[] ENTRIES = Vectors.of("keys").split(",");

    private TestRings() {}

    static KeyRing both() {
        return KeyRing.parse(Vectors.of("keys"));
    }

    static KeyRing firstOnly() {
        return KeyRing.parse(ENTRIES[0]);
    }

    static KeyRing secondOnly() {
        return KeyRing.parse(ENTRIES[1]);
    }

    static KeyRing secondInFront() {
        return KeyRing.parse(ENTRIES[1] + "," + ENTRIES[0]);
    }
}
