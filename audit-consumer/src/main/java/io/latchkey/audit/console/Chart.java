package io.latchkey.audit.console;

import java.util.List;

/**
 * A chart of stacked bars, ready to be drawn: coordinates are those of a box of {@value #WIDTH} by
 * {@value #HEIGHT}, whose origin is at its upper left.
 *
 * @param most what the highest bar stands for; 1 where there is none
 * @param from the time at its left, as people read it
 * @param to the time at its right
 */
public record Chart(
        String title, List<Legend> legend, List<Bar> bars, long most, String from, String to) {
    public static final int WIDTH = 600;
    public static final int HEIGHT = 120;

    public Chart {
        legend = List.copyOf(legend);
        bars = List.copyOf(bars);
    }

    /**
     * What a colour means.
     *
     * @param look names the colour
     * @param total of all bars
     */
    public record Legend(String label, String look, long total) {}

    /**
     * One step of time.
     *
     * @param text what it says in words
     */
    public record Bar(String text, List<Part> parts) {
        public Bar {
            parts = List.copyOf(parts);
        }
    }

    /** One colour of a bar. */
    public record Part(String look, double x, double y, double width, double height) {}

    /** What it says, for those who do not see it. */
    public String summary() {
        var totals = legend.stream().map(each -> each.label() + " " + each.total()).toList();
        return title + ", " + from + " to " + to + ": " + String.join(", ", totals);
    }
}
