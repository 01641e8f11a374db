package io.latchkey.violations.drawer.util;

final class Drawer {
    private Drawer() {}
}
