package dev.resilience.stress;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * What threads do to a bulkhead whose limit changes. Nobody takes a place during a change: a call that has begun before it may still be
 * judged by the old limit, at any time until it ends.
 */
public class ResizedBulkheadOperations extends BulkheadOperations {

    @Override
    @Operation(nonParallelGroup = "limit")
    public boolean take(@Param(name = "thread") int thread) {
        return super.take(thread);
    }

    @Operation(nonParallelGroup = "limit")
    public void resize(@Param(name = "limit") int limit) {
        resizeTo(limit);
    }
}
