package dev.resilience.stress;

import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/** What threads do to a bulkhead of two places; each gives back only what it took itself. */
@Param(name = "limit", gen = IntGen.class, conf = "1:3")
@Param(name = "thread", gen = ThreadIdGen.class)
public class BulkheadOperations {

    private final SemaphoreBulkhead bulkhead =
            new SemaphoreBulkhead("linear", BulkheadConfig.DEFAULTS.withMaxConcurrent(2));
    private final List<Deque<BulkheadPermit>> held = Stream.generate(ArrayDeque<BulkheadPermit>::new)
            .limit(8)
            .<Deque<BulkheadPermit>>map(each -> each)
            .toList();

    final void resizeTo(int limit) {
        bulkhead.configure(BulkheadConfig.DEFAULTS.withMaxConcurrent(limit));
    }

    @Operation
    public boolean take(@Param(name = "thread") int thread) {
        BulkheadPermit place = bulkhead.tryAcquire();
        return place != null && held.get(thread).add(place);
    }

    @Operation
    public boolean giveBack(@Param(name = "thread") int thread) {
        BulkheadPermit place = held.get(thread).poll();
        if (place != null) {
            bulkhead.giveBack(place);
        }
        return place != null;
    }

    @Operation
    public int inside() {
        return bulkhead.snapshot().concurrent();
    }
}
