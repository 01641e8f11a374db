package io.latchkey.audit.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes bars of counts. */
final class DrawChart {
    private static final double GAP = 0.2;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ChartRange range;
    private final Instant start;
    private final List<EventCount> counts;

    DrawChart(ChartRange range, Instant start, List<EventCount> counts) {
        this.range = range;
        this.start = start;
        this.counts = counts;
    }

    Chart draw(String title, List<Series> series) {
        var sums = series.stream().map(this::sums).toList();
        var most = Math.max(1, highest(sums));
        var bars =
                IntStream.range(0, range.steps()).mapToObj(step -> bar(step, series, sums, most));
        return new Chart(
                title, legend(series, sums), bars.toList(), most, time(0), time(range.steps()));
    }

    private long[] sums(Series series) {
        var sums = new long[range.steps()];
        for (var count : counts) {
            var step = (count.from().getEpochSecond() - start.getEpochSecond()) / seconds();
            if (step >= 0 && step < sums.length && series.counts(count)) {
                sums[(int) step] += count.events();
            }
        }
        return sums;
    }

    private long seconds() {
        return range.step().toSeconds();
    }

    private long highest(List<long[]> sums) {
        return IntStream.range(0, range.steps())
                .mapToLong(step -> sums.stream().mapToLong(each -> each[step]).sum())
                .max()
                .orElse(0);
    }

    private static List<Chart.Legend> legend(List<Series> series, List<long[]> sums) {
        return IntStream.range(0, series.size())
                .mapToObj(
                        i ->
                                new Chart.Legend(
                                        series.get(i).label(),
                                        series.get(i).look(),
                                        Arrays.stream(sums.get(i)).sum()))
                .toList();
    }

    private Chart.Bar bar(int step, List<Series> series, List<long[]> sums, long most) {
        var width = (double) Chart.WIDTH / range.steps();
        var parts = new ArrayList<Chart.Part>();
        double top = Chart.HEIGHT;
        for (int i = 0; i < series.size(); i++) {
            var height = (double) sums.get(i)[step] / most * Chart.HEIGHT;
            if (height > 0) {
                top -= height;
                parts.add(
                        new Chart.Part(
                                series.get(i).look(),
                                rounded(step * width + width * GAP / 2),
                                rounded(top),
                                rounded(width * (1 - GAP)),
                                rounded(height)));
            }
        }
        return new Chart.Bar(text(step, series, sums), parts);
    }

    private static double rounded(double coordinate) {
        return Math.round(coordinate * 100) / 100.0;
    }

    private String text(int step, List<Series> series, List<long[]> sums) {
        return time(step)
                + ": "
                + IntStream.range(0, series.size())
                        .mapToObj(i -> series.get(i).label() + " " + sums.get(i)[step])
                        .collect(Collectors.joining(", "));
    }

    private String time(int step) {
        var time = start.plus(range.step().multipliedBy(step));
        return (range == ChartRange.HOUR || range == ChartRange.DAY ? TIME : DATE).format(time);
    }
}
