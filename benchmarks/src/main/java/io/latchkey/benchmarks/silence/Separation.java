package io.latchkey.benchmarks.silence;

/** How well two samples can be told apart. */
final class Separation {
    private Separation() {}

    /**
     * The area under the ROC curve: how often a value of the first sample exceeds one of the
     * second, ties counted half. 0.5 where nothing tells them apart, 0 or 1 where everything does.
     *
     * @see <a href="https://doi.org/10.1148/radiology.143.1.7063747">Hanley and McNeil, The Meaning
     *     and Use of the Area under a ROC Curve</a>
     */
    static double areaUnderCurve(double[] first, double[] second) {
        double wins = 0;
        for (var a : first) {
            for (var b : second) {
                wins += a > b ? 1 : a == b ? 0.5 : 0;
            }
        }
        return wins / first.length / second.length;
    }
}
