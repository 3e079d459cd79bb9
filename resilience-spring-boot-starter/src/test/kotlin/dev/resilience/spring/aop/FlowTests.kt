package dev.resilience.spring.aop

import dev.resilience.Outcome
import dev.resilience.breaker.BreakerOpenException
import dev.resilience.spring.annotation.Breaker
import dev.resilience.spring.annotation.Bulkhead
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test
import org.springframework.context.ApplicationContext

@Suppress("unused", "UNUSED_PARAMETER", "RedundantSuspendModifier") // what is called by its name only
class FlowTests {

    open class Client {

        @Breaker("client")
        @Bulkhead("client")
        open fun load(values: Flow<String>): Flow<String> = values

        @Breaker("client")
        @Bulkhead("client")
        open suspend fun find(values: Flow<String>): Flow<String> {
            yield()
            return values
        }

        @Breaker(name = "client", fallback = "cached")
        open fun loadOrFlow(id: String): Flow<String> = broken()

        private fun cached(id: String): Flow<String> = flowOf("cached", id)

        @Breaker(name = "client", fallback = "single")
        open fun loadOrSingle(id: String): Flow<String> = broken()

        private fun single(id: String): String = "single $id"

        @Breaker(name = "client", fallback = "cached")
        open suspend fun findOrFlow(id: String): Flow<String> = broken()

        @Breaker(name = "client", fallback = "found")
        open suspend fun findOrFound(id: String): Flow<String> = error("down")

        private suspend fun found(id: String): Flow<String> {
            yield()
            return flowOf("found", id)
        }
    }

    private val runner = GuardRunner.with(Client::class.java)

    private fun client(context: ApplicationContext): Client = context.getBean(Client::class.java)

    private fun outcomes(context: ApplicationContext): Map<Outcome, Long> =
        GuardRunner.breakers(context).get("client").snapshot().totals().calls().filterValues { it > 0 }

    private fun concurrent(context: ApplicationContext): Long = GuardRunner.concurrent(context, "client")

    private val values = flowOf("a", "b")

    @Test
    fun isGuardedForEachCollection() {
        runner.run { context ->
            val guarded = client(context).load(values)
            assertThat(outcomes(context)).isEmpty()
            assertThat(runBlocking { guarded.toList() }).containsExactly("a", "b")
            assertThat(runBlocking { guarded.toList() }).containsExactly("a", "b")
            assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.SUCCESS to 2L))
            assertThat(concurrent(context)).isZero()
        }
    }

    @Test
    fun failsWithWhatItThrows() {
        runner.run { context ->
            assertThatThrownBy { runBlocking { client(context).load(broken()).toList() } }
                .isInstanceOf(IllegalStateException::class.java)
                .hasMessage("down")
            assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.FAILURE to 1L))
        }
    }

    @Test
    fun isNotCollectedWhereTheGuardRefuses() {
        runner.run { context ->
            GuardRunner.forceOpen(context, "client")
            val guarded = client(context).load(values)
            assertThatThrownBy { runBlocking { guarded.toList() } }
                .isExactlyInstanceOf(BreakerOpenException::class.java)
        }
    }

    @Test
    fun isASuccessWhereItsCollectorHasEnoughOfIt() {
        runner.run { context ->
            assertThat(runBlocking { client(context).load(values).first() }).isEqualTo("a")
            assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.SUCCESS to 1L))
            assertThat(concurrent(context)).isZero()
        }
    }

    @Test
    fun isGivenUpWhereItsCollectorIsCancelledBeforeAValue() {
        runner.run { context ->
            runBlocking {
                val begun = CompletableDeferred<Unit>()
                val never = flow {
                    begun.complete(Unit)
                    emit(CompletableDeferred<String>().await())
                }
                val call = async(start = CoroutineStart.UNDISPATCHED) { client(context).load(never).collect() }
                begun.await()
                assertThat(concurrent(context)).isEqualTo(1)
                call.cancelAndJoin()
                assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.CANCELLED to 1L))
                assertThat(concurrent(context)).isZero()
            }
        }
    }

    @Test
    fun isGuardedWhereASuspendingFunctionReturnsIt() {
        runner.run { context ->
            assertThat(runBlocking { client(context).find(values).toList() }).containsExactly("a", "b")
            assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.SUCCESS to 1L))
            assertThatThrownBy { runBlocking { client(context).find(broken()).toList() } }
                .isInstanceOf(IllegalStateException::class.java)
            assertThat(outcomes(context)).isEqualTo(mapOf(Outcome.SUCCESS to 1L, Outcome.FAILURE to 1L))
            assertThat(concurrent(context)).isZero()
        }
    }

    @Test
    fun hasAFallbackThatReturnsAFlow() {
        runner.run { context ->
            assertThat(runBlocking { client(context).loadOrFlow("7").toList() }).containsExactly("cached", "7")
        }
    }

    @Test
    fun hasAFallbackThatReturnsASingleValue() {
        runner.run { context ->
            assertThat(runBlocking { client(context).loadOrSingle("7").toList() }).containsExactly("single 7")
        }
    }

    @Test
    fun hasAPlainFallbackWhereASuspendingFunctionReturnsIt() {
        runner.run { context ->
            assertThat(runBlocking { client(context).findOrFlow("7").toList() }).containsExactly("cached", "7")
        }
    }

    @Test
    fun hasASuspendingFallbackWhereASuspendingFunctionReturnsIt() {
        runner.run { context ->
            assertThat(runBlocking { client(context).findOrFound("7").toList() }).containsExactly("found", "7")
        }
    }

    open class Unfit {

        @Breaker(name = "unfit", fallback = "cached")
        open suspend fun load(id: String): Flow<String> = flowOf(id)

        private suspend fun cached(id: String): Flow<Int> = flowOf(1)
    }

    @Test
    fun failsTheStartWhereTheFallbackReturnsAFlowOfSomethingElse() {
        Failures.assertFailure(
            GuardRunner.with(Unfit::class.java),
            "The fallback 'cached' of @Breaker(\"unfit\") on ${Unfit::class.java.name}.load(String) does not fit:" +
                System.lineSeparator() +
                "    cached(String) returns suspending Flow<Integer>, not suspending Flow<String>",
            "Declare 'suspend fun cached(String): Flow<String>' in ${Unfit::class.java.name}," +
                " optionally with a Throwable as one more parameter.",
        )
    }

    open class Eager {

        @Breaker(name = "eager", fallback = "cached")
        @Bulkhead("eager")
        open fun load(answer: Deferred<String>): Deferred<String> = answer

        private fun cached(answer: Deferred<String>): String = "cached"
    }

    @Test
    fun guardsADeferredUntilItsEndAndAnswersByItsFallback() {
        GuardRunner.with(Eager::class.java).run { context ->
            val eager = context.getBean(Eager::class.java)
            runBlocking {
                val answer = CompletableDeferred<String>()
                val guarded = eager.load(answer)
                assertThat(GuardRunner.concurrent(context, "eager")).isEqualTo(1)
                answer.complete("loaded")
                assertThat(guarded.await()).isEqualTo("loaded")
                val failing = CompletableDeferred<String>()
                failing.completeExceptionally(IllegalStateException("down"))
                assertThat(eager.load(failing).await()).isEqualTo("cached")
                assertThat(GuardRunner.concurrent(context, "eager")).isZero()
            }
        }
    }

    private companion object {
        fun broken(): Flow<String> = flow { error("down") }
    }
}
