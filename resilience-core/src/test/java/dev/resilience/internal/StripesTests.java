package dev.resilience.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Callers;
import dev.resilience.Callers.Caller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StripesTests {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    /** Longs in two lines of a cache. */
    private static final int APART = 16;

    @Test
    void areFourToSevenForEachProcessor() {
        assertThat(Stripes.MANY.count()).isBetween(4 * PROCESSORS, 8 * PROCESSORS - 1);
    }

    @Test
    void areNoTwoInTheSameLineOfACache() {
        for (int stripe = 0; stripe < Stripes.MANY.count(); stripe++) {
            assertThat(Stripes.MANY.at(stripe)).isGreaterThanOrEqualTo((stripe + 1) * APART);
        }
    }

    @Test
    void haveTwoNumbersEach() {
        int last = Stripes.MANY.at(Stripes.MANY.count() - 1);

        assertThat(Stripes.MANY.cells().length()).isBetween(last + 2, last + APART);
        assertThat(Stripes.ONE.cells().length()).isEqualTo(2);
    }

    @Test
    void spreadThreadsThatWereMadeOneAfterAnother() {
        List<Caller> threads = new ArrayList<>();
        Set<Object> cells = new HashSet<>();
        try (Callers callers = new Callers()) {
            for (int thread = 0; thread < 4 * Stripes.MANY.count(); thread++) {
                threads.add(callers.start(Stripes.MANY::ofThread));
            }
            threads.forEach(thread -> cells.add(thread.result()));
        }

        assertThat(cells).hasSizeGreaterThan(Stripes.MANY.count() / 2);
    }

    @Test
    void areTheSameForAThreadEachTime() {
        assertThat(Stripes.MANY.ofThread()).isEqualTo(Stripes.MANY.ofThread());
        assertThat(Stripes.ONE.ofThread()).isZero();
    }
}
