package dev.resilience.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTests {

    @Test
    void isThatOfTheMedians() {
        assertThat(Ratio.of(sample(30, 29.0, 31.0), sample(20, 20.0, 20.0)).value())
                .isEqualTo(1.5);
    }

    @Test
    void reachesFromTheLowestRatioOfAMomentToTheHighest() {
        Ratio ratio = Ratio.of(sample(30, 20.0, 30.0, 60.0), sample(20, 20.0, 20.0, 30.0));

        assertThat(ratio).isEqualTo(new Ratio(1.5, 1.0, 2.0));
    }

    @Test
    void isUnknownWhereOneSideIs() {
        assertThat(Ratio.of(null, sample(20, 20.0))).isNull();
        assertThat(Ratio.of(sample(20, 20.0), null)).isNull();
    }

    @Test
    void isMetForSureOnlyWithItsWholeErrorBar() {
        Goal goal = Goal.atMost(1.25, "figure", "goal", (measurements, threads) -> null);

        assertThat(goal.judge(new Ratio(1.2, 1.1, 1.25))).isEqualTo(new Goal.Verdict(true, true));
        assertThat(goal.judge(new Ratio(1.2, 1.1, 1.3))).isEqualTo(new Goal.Verdict(true, false));
        assertThat(goal.judge(new Ratio(1.3, 1.2, 1.4))).isEqualTo(new Goal.Verdict(false, false));
        assertThat(goal.judge(new Ratio(1.4, 1.3, 1.5))).isEqualTo(new Goal.Verdict(false, true));
    }

    @Test
    void meetsAGoalOfAtLeastFromAbove() {
        Goal goal = Goal.atLeast(25, "figure", "goal", (measurements, threads) -> null);

        assertThat(goal.judge(new Ratio(30, 25, 40)).met()).isTrue();
        assertThat(goal.judge(new Ratio(24, 20, 30)).met()).isFalse();
    }

    private static Sample sample(double median, Double... moments) {
        return new Sample(median, List.of(moments));
    }
}
