package dev.resilience.benchmarks.core;

import com.alibaba.csp.sentinel.Entry;
import com.alibaba.csp.sentinel.SphU;
import com.alibaba.csp.sentinel.Tracer;
import com.alibaba.csp.sentinel.slots.block.BlockException;
import com.alibaba.csp.sentinel.slots.block.RuleConstant;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRule;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRuleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Sentinel with one rule: 50 percent failures of at least 10 calls in 30 seconds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SentinelCore {

    private static final String CLOSED = "closed";
    private static final String OPEN = "open";

    /** Loads the rules and opens the breaker of the refusals. */
    @Setup
    public void load() throws IOException {
        if (System.getProperty("csp.sentinel.log.dir") == null) {
            System.setProperty(
                    "csp.sentinel.log.dir",
                    Files.createTempDirectory("sentinel").toString());
        }
        DegradeRuleManager.loadRules(List.of(rule(CLOSED), rule(OPEN)));
        boolean refused = false;
        for (int calls = 0; calls <= 10 && !refused; calls++) {
            refused = !failed();
        }
        if (!refused) {
            throw new IllegalStateException("still not open");
        }
    }

    private static DegradeRule rule(String resource) {
        return new DegradeRule(resource)
                .setGrade(RuleConstant.DEGRADE_GRADE_EXCEPTION_RATIO)
                .setCount(0.5)
                .setMinRequestAmount(10)
                .setStatIntervalMs(30_000)
                .setTimeWindow(3600);
    }

    /** Makes a call that fails. Returns whether it was permitted. */
    private static boolean failed() {
        try {
            Entry entry = SphU.entry(OPEN);
            Tracer.traceEntry(new IllegalStateException("failure"), entry);
            entry.exit();
            return true;
        } catch (BlockException rejection) {
            return false;
        }
    }

    /** Makes a call through a closed breaker. */
    @Benchmark
    public Object timeWindow() {
        return entered(CLOSED);
    }

    /** Is refused by an open breaker with an exception. */
    @Benchmark
    public Object openRejected() {
        return entered(OPEN);
    }

    private static Object entered(String resource) {
        try {
            Entry entry = SphU.entry(resource);
            entry.exit();
            return entry;
        } catch (BlockException rejection) {
            return rejection;
        }
    }
}
