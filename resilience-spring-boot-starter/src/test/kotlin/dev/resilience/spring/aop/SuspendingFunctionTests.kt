package dev.resilience.spring.aop

import dev.resilience.CallTimeoutException
import dev.resilience.Deadline
import dev.resilience.DeadlineExceededException
import dev.resilience.Outcome
import dev.resilience.Ticker
import dev.resilience.breaker.BreakerOpenException
import dev.resilience.bulkhead.BulkheadFullException
import dev.resilience.spring.annotation.Breaker
import dev.resilience.spring.annotation.Bulkhead
import dev.resilience.spring.aop.Failures.assertFailure
import java.io.IOException
import java.time.Duration
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.reactor.asCoroutineContext
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.Test
import org.springframework.boot.test.context.runner.ApplicationContextRunner
import org.springframework.context.ApplicationContext
import reactor.util.context.Context

class SuspendingFunctionTests {

    /** What the client calls: it answers when a test says so. */
    class Provider {
        val asked = CompletableDeferred<Unit>()
        val answer = CompletableDeferred<String?>()
        val left = CompletableDeferred<Unit>()

        suspend fun fetch(): String? {
            asked.complete(Unit)
            try {
                return answer.await()
            } finally {
                left.complete(Unit)
            }
        }
    }

    open class Client {

        @Breaker("client")
        @Bulkhead("client")
        open suspend fun load(provider: Provider): String? = provider.fetch()

        @Breaker("client")
        open suspend fun store(heard: MutableList<String>) {
            yield()
            heard += "stored"
        }

        @Breaker("client")
        open suspend fun loadInTime(): String = withTimeout(1) { awaitCancellation() }

        @Breaker("client")
        open suspend fun name(): String? = currentCoroutineContext()[CoroutineName]?.name

        @Breaker("client", key = "#region")
        open suspend fun loadOf(id: Int, region: String): String {
            yield()
            return "$id of $region"
        }
    }

    private val runner: ApplicationContextRunner = GuardRunner.with(Client::class.java)

    private val oneAtATime = runner.withPropertyValues("resilience.bulkheads.client.max-concurrent=1")

    private fun client(context: ApplicationContext): Client = context.getBean(Client::class.java)

    private fun outcomes(context: ApplicationContext): Map<Outcome, Long> =
        GuardRunner.breakers(context).get("client").snapshot().totals().calls().filterValues { it > 0 }

    private fun concurrent(context: ApplicationContext): Long = GuardRunner.concurrent(context, "client")

    private fun waiting(context: ApplicationContext): Int =
        GuardRunner.bulkheads(context).get("client").snapshot().queueDepth()

    /** Begins on the calling thread, and returns when the function first suspends. */
    private fun CoroutineScope.begun(context: ApplicationContext, provider: Provider) =
        async(start = CoroutineStart.UNDISPATCHED) { runCatching { client(context).load(provider) } }

    @Test
    fun holdsItsPermitsUntilItReturns() {
        runner.run { context ->
            runBlocking {
                val provider = Provider()
                val call = begun(context, provider)
                provider.asked.await()
                assertThat(concurrent(context)).isEqualTo(1)
                assertThat(outcomes(context)).isEmpty()
                provider.answer.complete("loaded")
                assertThat(call.await().getOrThrow()).isEqualTo("loaded")
                assertThat(concurrent(context)).isZero()
                assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.SUCCESS to 1L))
            }
        }
    }

    @Test
    fun failsWithWhatItThrows() {
        runner.run { context ->
            runBlocking {
                val provider = Provider()
                val call = begun(context, provider)
                provider.answer.completeExceptionally(IOException("down"))
                assertThat(call.await().exceptionOrNull())
                    .isExactlyInstanceOf(IOException::class.java)
                    .hasMessage("down")
                assertThat(concurrent(context)).isZero()
                assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.FAILURE to 1L))
            }
        }
    }

    @Test
    fun isNotCalledWhereTheBreakerRefuses() {
        runner.run { context ->
            GuardRunner.forceOpen(context, "client")
            val provider = Provider()
            assertThatThrownBy { runBlocking { client(context).load(provider) } }
                .isExactlyInstanceOf(BreakerOpenException::class.java)
            assertThat(provider.asked.isCompleted).isFalse()
            assertThat(concurrent(context)).isZero()
        }
    }

    @Test
    fun isNotCalledWhereTheBulkheadRefuses() {
        oneAtATime.run { context ->
            runBlocking {
                val first = Provider()
                val second = Provider()
                val running = begun(context, first)
                assertThat(begun(context, second).await().exceptionOrNull())
                    .isExactlyInstanceOf(BulkheadFullException::class.java)
                assertThat(second.asked.isCompleted).isFalse()
                first.answer.complete("loaded")
                running.await()
                assertThat(concurrent(context)).isZero()
            }
        }
    }

    private val oneAfterAnother =
        oneAtATime.withPropertyValues(
            "resilience.bulkheads.client.max-queue=1",
            "resilience.bulkheads.client.max-wait=20s",
        )

    @Test
    fun waitsForTheBulkheadAndBlocksNoThread() {
        oneAfterAnother.run { context ->
            runBlocking {
                val first = Provider()
                val second = Provider()
                val running = begun(context, first)
                val next = begun(context, second)
                assertThat(waiting(context)).isEqualTo(1)
                assertThat(second.asked.isCompleted).isFalse()
                second.answer.complete("second")
                first.answer.complete("first")
                assertThat(running.await().getOrThrow()).isEqualTo("first")
                assertThat(next.await().getOrThrow()).isEqualTo("second")
                assertThat(concurrent(context)).isZero()
            }
        }
    }

    @Test
    fun leavesTheQueueWhereItsCoroutineIsCancelled() {
        oneAfterAnother.run { context ->
            runBlocking {
                val first = Provider()
                val second = Provider()
                val running = begun(context, first)
                begun(context, second).cancelAndJoin()
                await().untilAsserted { assertThat(waiting(context)).isZero() }
                first.answer.complete("first")
                running.await()
                assertThat(second.asked.isCompleted).isFalse()
                assertThat(concurrent(context)).isZero()
            }
        }
    }

    @Test
    fun isCancelledWhereItTakesTooLong() {
        runner.withPropertyValues("resilience.breakers.client.timeout=50ms").run { context ->
            runBlocking {
                val provider = Provider()
                assertThat(begun(context, provider).await().exceptionOrNull())
                    .isExactlyInstanceOf(CallTimeoutException::class.java)
                provider.left.await()
                assertThat(concurrent(context)).isZero()
                assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.TIMEOUT to 1L))
            }
        }
    }

    @Test
    fun isGivenUpWhereItsCoroutineIsCancelled() {
        runner.run { context ->
            runBlocking {
                val provider = Provider()
                val call = begun(context, provider)
                provider.asked.await()
                call.cancelAndJoin()
                provider.left.await()
                assertThat(concurrent(context)).isZero()
                assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.CANCELLED to 1L))
            }
        }
    }

    @Test
    fun isGivenUpWhereItsCallerSetsItATimeout() {
        runner.run { context ->
            runBlocking {
                assertThat(runCatching { withTimeout(300) { client(context).load(Provider()) } }.exceptionOrNull())
                    .isInstanceOf(TimeoutCancellationException::class.java)
                await().untilAsserted { assertThat(concurrent(context)).isZero() }
                assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.CANCELLED to 1L))
            }
        }
    }

    @Test
    fun failsWhereATimeoutOfItsOwnIsOver() {
        runner.run { context ->
            assertThatThrownBy { runBlocking { client(context).loadInTime() } }
                .isInstanceOf(TimeoutCancellationException::class.java)
            assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.FAILURE to 1L))
        }
    }

    @Test
    fun mayReturnNothing() {
        runner.run { context ->
            val heard = mutableListOf<String>()
            runBlocking { client(context).store(heard) }
            assertThat(heard).containsExactly("stored")
            assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.SUCCESS to 1L))
        }
    }

    @Test
    fun mayReturnNull() {
        runner.run { context ->
            val provider = Provider()
            provider.answer.complete(null)
            assertThat(runBlocking { client(context).load(provider) }).isNull()
            assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.SUCCESS to 1L))
        }
    }

    @Test
    fun runsInTheContextOfItsCaller() {
        runner.run { context ->
            assertThat(runBlocking(CoroutineName("caller")) { client(context).name() }).isEqualTo("caller")
        }
    }

    @Test
    fun hasItsKeyByTheNameOfAParameter() {
        runner.run { context ->
            assertThat(runBlocking { client(context).loadOf(7, "EU") }).isEqualTo("7 of EU")
            assertThat(GuardRunner.calls(context, "client", "EU")).isEqualTo(1)
        }
    }

    open class Misspelt {
        @Breaker("misspelt", key = "#reg")
        open suspend fun load(region: String): String = region
    }

    @Test
    fun offersItsKeyNothingButItsParameters() {
        assertFailure(
            GuardRunner.with(Misspelt::class.java),
            "Key '#reg' of @Breaker(\"misspelt\") on ${Misspelt::class.java.name}.load(String) refers to #reg, which is no parameter.",
            "Refer to one of #a0, #p0, #region.",
        )
    }

    @Test
    fun isShownAsItsSourceHasIt() {
        runner.run { context ->
            assertThat(context.getBean(GuardedMethods::class.java).of(GuardKind.BREAKER, "client"))
                .contains("Client.load(SuspendingFunctionTests.Provider)", "Client.loadOf(int, String)", "Client.name()")
        }
    }

    private val nothingLeft = Deadline.after(Duration.ZERO, Ticker.system())

    @Test
    fun isRefusedWhereTheDeadlineOfTheReactorContextIsOver() {
        runner.run { context ->
            val late = Context.of(Deadline.CONTEXT_KEY, nothingLeft).asCoroutineContext()
            assertThatThrownBy { runBlocking { withContext(late) { client(context).load(Provider()) } } }
                .isExactlyInstanceOf(DeadlineExceededException::class.java)
        }
    }

    @Test
    fun isRefusedWhereTheDeadlineOfTheThreadIsOver() {
        runner.run { context ->
            assertThatThrownBy {
                    nothingLeft.open().use { runBlocking { client(context).load(Provider()) } }
                }
                .isExactlyInstanceOf(DeadlineExceededException::class.java)
        }
    }

    @Test
    fun isGivenUpWhereTheDeadlineOfTheReactorContextEnds() {
        runner.run { context ->
            runBlocking {
                val provider = Provider()
                val soon = Deadline.after(Duration.ofMillis(50), Ticker.system())
                val thrown =
                    withContext(Context.of(Deadline.CONTEXT_KEY, soon).asCoroutineContext()) {
                        runCatching { client(context).load(provider) }.exceptionOrNull()
                    }
                assertThat(thrown).isExactlyInstanceOf(DeadlineExceededException::class.java)
                provider.left.await()
                assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.CANCELLED to 1L))
            }
        }
    }

    interface Stock {
        suspend fun count(article: String): Int
    }

    class FinalStock : Stock {
        @Breaker("stock", key = "#article")
        override suspend fun count(article: String): Int {
            yield()
            return article.length
        }
    }

    @Test
    fun isGuardedBehindAnInterface() {
        GuardRunner.with(FinalStock::class.java)
            .withPropertyValues("spring.aop.proxy-target-class=false")
            .run { context ->
                assertThat(runBlocking { context.getBean(Stock::class.java).count("four") }).isEqualTo(4)
                assertThat(GuardRunner.calls(context, "stock", "four")).isEqualTo(1)
            }
    }

    @Test
    fun cannotRunOnThreadsOfTheBulkheadsOwn() {
        assertFailure(
            runner.withPropertyValues("resilience.bulkheads.client.executor=platform"),
            "Bulkhead 'client' makes calls on threads of its own, but ${Client::class.java.name}.load(SuspendingFunctionTests.Provider) returns" +
                " suspending String, for which its caller would have to wait.",
            "Return a Future, a CompletionStage or a CompletableFuture, or set resilience.bulkheads.client.executor to caller.",
        )
    }
}
