package io.latchkey.violations.unmarked;

final class Unmarked {
    private Unmarked() {}
}
