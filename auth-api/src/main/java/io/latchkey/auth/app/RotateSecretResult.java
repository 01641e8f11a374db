package io.latchkey.auth.app;

/** What became of an app's wish for another secret. */
public sealed interface RotateSecretResult {
    /** To be shown now and never again. */
    record Rotated(NewSecret secret) implements RotateSecretResult {}

    /** A public app could not keep one. */
    record NoSecrets() implements RotateSecretResult {}

    /** There is no such app. */
    record UnknownApp() implements RotateSecretResult {}
}
