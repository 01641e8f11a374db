package io.latchkey.benchmarks.silence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeparationTest {
    @Test
    void equalSamplesCannotBeToldApart() {
        var sample = new double[] {3, 1, 2, 2};

        assertThat(Separation.areaUnderCurve(sample, sample)).isEqualTo(0.5);
    }

    @Test
    void samplesApartAreToldApartWhicheverIsTheLarger() {
        var small = new double[] {1, 2, 3};
        var large = new double[] {4, 5};

        assertThat(Separation.areaUnderCurve(large, small)).isEqualTo(1);
        assertThat(Separation.areaUnderCurve(small, large)).isZero();
    }

    @Test
    void tiesCountHalf() {
        assertThat(Separation.areaUnderCurve(new double[] {1, 2}, new double[] {2}))
                .isEqualTo(0.25);
    }
}
