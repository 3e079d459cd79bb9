package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resilience.CallRejectedException;
import dev.resilience.Name;
import dev.resilience.RejectionReason;
import dev.resilience.VirtualThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How a bulkhead's own threads end with the application, and begin again. */
class EndOfOwnThreadsTests {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final BulkheadConfig ONE =
            BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withQueue(5, LONG);

    private final SemaphoreBulkhead bulkhead =
            new SemaphoreBulkhead("payments", ONE.withExecutor(BulkheadExecutor.PLATFORM));
    private final OwnThreads threads = new OwnThreads(Name.of("payments"), BulkheadExecutor.PLATFORM);

    private static CompletableFuture<Thread> threadOf(SemaphoreBulkhead asked) {
        return asked.callAsync(() -> CompletableFuture.completedFuture(Thread.currentThread()));
    }

    /** Returns a call that ends when it is interrupted. */
    private CompletableFuture<String> underWay() {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> end = new CompletableFuture<>();
        threads.execute(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
                end.complete("interrupted");
            }
        });
        assertThat(begun).satisfies(CountDownLatch::await);
        return end;
    }

    @Test
    void keepNoApplicationAlive() {
        assertThat(threadOf(bulkhead).join().isDaemon()).isTrue();
    }

    @Test
    void makeNoCallOnceTheyAreClosed() {
        bulkhead.close();

        assertThatThrownBy(threadOf(bulkhead)::join)
                .cause()
                .isInstanceOf(BulkheadClosedException.class)
                .hasMessage("Bulkhead 'payments' is closed: the application ends, and the call was not made;"
                        + " try again in 1.0 s")
                .satisfies(thrown ->
                        assertThat(((CallRejectedException) thrown).reason()).isEqualTo(RejectionReason.CLOSED));
        assertThat(bulkhead.snapshot().concurrent()).isZero();
    }

    @Test
    void sendAwayWhoWaitsForThem() {
        BulkheadPermit held = bulkhead.tryAcquire();
        CompletableFuture<Thread> waiting = threadOf(bulkhead);
        assertThat(bulkhead.snapshot().queueDepth()).isEqualTo(1);

        bulkhead.close();

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(BulkheadClosedException.class);
        assertThat(bulkhead.snapshot().queueDepth()).isZero();
        assertThat(bulkhead.snapshot().totals().waited()).isEqualTo(1);
        bulkhead.giveBack(held);
        assertThat(bulkhead.snapshot().concurrent()).isZero();
    }

    @Test
    void makeCallsAgainOnceTheyAreOpened() {
        bulkhead.close();

        bulkhead.ownThreads().open();

        assertThat(threadOf(bulkhead).join().getName()).isEqualTo("bulkhead-payments-1");
    }

    @Test
    void goOnWhereTheyAreOpenedThoughTheyWereNotClosed() {
        assumeTrue(VirtualThreads.EXIST, "each call has another thread only where they are virtual");
        SemaphoreBulkhead numbered = new SemaphoreBulkhead("payments", ONE.withExecutor(BulkheadExecutor.VIRTUAL));
        threadOf(numbered).join();

        numbered.ownThreads().open();

        assertThat(threadOf(numbered).join().getName()).isEqualTo("bulkhead-payments-2");
    }

    @Test
    void areNoneOfABulkheadWhoseCallersMakeTheCalls() {
        SemaphoreBulkhead plain = new SemaphoreBulkhead("payments", ONE);
        plain.close();

        assertThat(plain.ownThreads()).isNull();
        assertThat(threadOf(plain).join()).isSameAs(Thread.currentThread());
    }

    @Test
    void areInterruptedInWhatTheyDo() {
        CompletableFuture<String> call = underWay();

        assertThat(threads.interrupt()).isTrue();

        assertThat(call.join()).isEqualTo("interrupted");
    }

    @Test
    void areSaidToHaveDoneNothingWhereTheyHaveEnded() throws InterruptedException {
        threads.close();
        assertThat(threads.awaitEnd(LONG)).isTrue();

        assertThat(threads.interrupt()).isFalse();
    }

    @Test
    void areNotWaitedForLongerThanSaid() throws InterruptedException {
        CompletableFuture<String> call = underWay();
        threads.close();
        assertThat(threads.awaitEnd(Duration.ofNanos(1))).isFalse();

        threads.interrupt();

        assertThat(call.join()).isEqualTo("interrupted");
        assertThat(threads.awaitEnd(LONG)).isTrue();
    }
}
