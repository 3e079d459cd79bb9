package dev.resilience.spring.aop

import dev.resilience.CallRejectedException
import dev.resilience.spring.annotation.Breaker
import dev.resilience.spring.annotation.Bulkhead
import dev.resilience.spring.aop.Failures.assertFailure
import java.io.IOException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test
import org.springframework.context.ApplicationContext

@Suppress("unused", "UNUSED_PARAMETER", "RedundantSuspendModifier") // what is called by its name only
class SuspendingFallbackTests {

    open class Client {

        @Breaker(name = "client", fallback = "cached")
        open suspend fun load(id: String, failure: Throwable): String {
            yield()
            throw failure
        }

        private suspend fun cached(id: String, failure: Throwable): String {
            yield()
            return "cached $id"
        }

        private suspend fun cached(id: String, failure: Throwable, thrown: IOException): String {
            yield()
            return "cached $id without ${thrown.message}"
        }

        open suspend fun cached(id: String, failure: Throwable, thrown: CallRejectedException): String =
            "refused $id"

        @Breaker(name = "client", fallback = "plain")
        open suspend fun loadOrPlain(id: String, failure: Throwable): String {
            yield()
            throw failure
        }

        private fun plain(id: String, failure: Throwable): String = "plain $id"

        private fun plain(id: String, failure: Throwable, thrown: IOException): String = "plain $id without ${thrown.message}"

        @Breaker(name = "client", fallback = "nothing")
        open suspend fun loadOrNothing(id: String): String? = error("down")

        private suspend fun nothing(id: String): String? = null

        @Breaker(name = "client", fallback = "none")
        open suspend fun count(article: String): Int = error("down")

        private fun none(article: String): Int = 0

        @Breaker(name = "client", fallback = "name")
        open suspend fun nameInFallback(): String? = error("down")

        private suspend fun name(): String? = currentCoroutineContext()[CoroutineName]?.name

        @Breaker(name = "client", fallback = "broken")
        open suspend fun loadOrBreak(failure: RuntimeException): String {
            yield()
            throw failure
        }

        private suspend fun broken(failure: RuntimeException): String {
            yield()
            throw IOException("no cache")
        }

        private suspend fun broken(failure: RuntimeException, thrown: IllegalStateException): String {
            yield()
            throw thrown
        }
    }

    private val runner = GuardRunner.with(Client::class.java)

    private fun client(context: ApplicationContext): Client = context.getBean(Client::class.java)

    @Test
    fun mayBePrivate() {
        runner.run { context ->
            assertThat(runBlocking { client(context).load("7", IllegalStateException()) }).isEqualTo("cached 7")
        }
    }

    @Test
    fun takesWhatWasThrown() {
        runner.run { context ->
            assertThat(runBlocking { client(context).load("7", IOException("stock")) })
                .isEqualTo("cached 7 without stock")
        }
    }

    @Test
    fun runsForARejection() {
        runner.run { context ->
            GuardRunner.forceOpen(context, "client")
            assertThat(runBlocking { client(context).load("7", IOException()) }).isEqualTo("refused 7")
        }
    }

    @Test
    fun mayBeAPlainFunction() {
        runner.run { context ->
            assertThat(runBlocking { client(context).loadOrPlain("7", IllegalStateException()) })
                .isEqualTo("plain 7")
            assertThat(runBlocking { client(context).loadOrPlain("7", IOException("stock")) })
                .isEqualTo("plain 7 without stock")
        }
    }

    @Test
    fun mayReturnNull() {
        runner.run { context -> assertThat(runBlocking { client(context).loadOrNothing("7") }).isNull() }
    }

    @Test
    fun mayReturnAPrimitive() {
        runner.run { context -> assertThat(runBlocking { client(context).count("7") }).isZero() }
    }

    @Test
    fun runsInTheContextOfTheCaller() {
        runner.run { context ->
            assertThat(runBlocking(CoroutineName("caller")) { client(context).nameInFallback() }).isEqualTo("caller")
        }
    }

    @Test
    fun throwsWithTheFirstExceptionSuppressed() {
        runner.run { context ->
            assertThatThrownBy { runBlocking { client(context).loadOrBreak(IllegalArgumentException("first")) } }
                .satisfies({ thrown ->
                    val original = if (thrown.cause is IOException) thrown.cause!! else thrown
                    assertThat(original).isExactlyInstanceOf(IOException::class.java).hasMessage("no cache")
                    assertThat(original.suppressed.map { it.message }).containsExactly("first")
                })
        }
    }

    @Test
    fun suppressesNothingWhereItThrowsTheFirstExceptionAgain() {
        runner.run { context ->
            assertThatThrownBy { runBlocking { client(context).loadOrBreak(IllegalStateException("first")) } }
                .isExactlyInstanceOf(IllegalStateException::class.java)
                .hasMessage("first")
                .hasNoSuppressedExceptions()
        }
    }

    open class Store {

        @Breaker(name = "store", fallback = "remember")
        open suspend fun save(heard: MutableList<String>): Unit = error("down")

        private suspend fun remember(heard: MutableList<String>) {
            yield()
            heard += "remembered"
        }

        @Breaker(name = "store", fallback = "note")
        open suspend fun write(heard: MutableList<String>): Unit = error("down")

        private fun note(heard: MutableList<String>) {
            heard += "noted"
        }
    }

    @Test
    fun mayReturnNothing() {
        GuardRunner.with(Store::class.java).run { context ->
            val heard = mutableListOf<String>()
            runBlocking {
                context.getBean(Store::class.java).save(heard)
                context.getBean(Store::class.java).write(heard)
            }
            assertThat(heard).containsExactly("remembered", "noted")
        }
    }

    abstract class Generic<T> {

        @Breaker(name = "generic", fallback = "cached")
        open suspend fun load(id: T): T = error("down")

        protected abstract suspend fun cached(id: T): T
    }

    open class OfStrings : Generic<String>() {
        override suspend fun cached(id: String): String = "cached $id"
    }

    @Test
    fun mayBeGeneric() {
        GuardRunner.with(OfStrings::class.java).run { context ->
            assertThat(runBlocking { context.getBean(OfStrings::class.java).load("7") }).isEqualTo("cached 7")
        }
    }

    open class Waiting {

        @Breaker(name = "waiting", fallback = "slow")
        open suspend fun load(begun: CompletableDeferred<Unit>, left: CompletableDeferred<Unit>): String =
            error("down")

        private suspend fun slow(begun: CompletableDeferred<Unit>, left: CompletableDeferred<Unit>): String {
            begun.complete(Unit)
            try {
                return CompletableDeferred<String>().await()
            } finally {
                left.complete(Unit)
            }
        }
    }

    @Test
    fun isCancelledWithItsCaller() {
        GuardRunner.with(Waiting::class.java).run { context ->
            runBlocking {
                val begun = CompletableDeferred<Unit>()
                val left = CompletableDeferred<Unit>()
                val call =
                    async(start = CoroutineStart.UNDISPATCHED) {
                        context.getBean(Waiting::class.java).load(begun, left)
                    }
                begun.await()
                call.cancelAndJoin()
                withTimeout(20_000) { left.await() }
            }
        }
    }

    open class Two {

        @Breaker(name = "two", fallback = "ofBreaker")
        @Bulkhead(name = "two", fallback = "ofBulkhead")
        open suspend fun load(): String = error("down")

        private suspend fun ofBreaker(thrown: Throwable): String = "breaker: ${thrown.javaClass.simpleName}"

        private suspend fun ofBulkhead(thrown: Throwable): String = "bulkhead: ${thrown.javaClass.simpleName}"
    }

    @Test
    fun isChosenByWhatRefusedTheCall() {
        GuardRunner.with(Two::class.java).withPropertyValues("resilience.bulkheads.two.max-concurrent=1").run { context ->
            val bean = context.getBean(Two::class.java)
            assertThat(runBlocking { bean.load() }).isEqualTo("breaker: IllegalStateException")
            val bulkhead = GuardRunner.bulkheads(context).get("two")
            bulkhead.call { assertThat(runBlocking { bean.load() }).isEqualTo("bulkhead: BulkheadFullException") }
        }
    }

    open class Unfit {

        @Breaker(name = "unfit", fallback = "cached")
        open suspend fun load(id: String): String = id

        private suspend fun cached(id: Int): String = ""

        private suspend fun cached(id: String): Int = 1

        private fun cached(id: String, thrown: Throwable): Int = 1
    }

    @Test
    fun failsTheStartWhereItDoesNotFitAndSaysWhatDiffers() {
        GuardRunner.with(Unfit::class.java).run { context ->
            assertThat(context.startupFailure)
                .rootCause()
                .isInstanceOfSatisfying(InvalidGuardException::class.java) { failure ->
                    assertThat(failure.description().lines())
                        .containsExactlyInAnyOrder(
                            "The fallback 'cached' of @Breaker(\"unfit\") on ${Unfit::class.java.name}.load(String) does not fit:",
                            "    cached(int) takes (int), not (String)",
                            "    cached(String) returns suspending Integer, not suspending String",
                            "    cached(String, Throwable) returns int, not suspending String",
                        )
                    assertThat(failure.action())
                        .isEqualTo(
                            "Declare 'suspend fun cached(String): String' in ${Unfit::class.java.name}," +
                                " optionally with a Throwable as one more parameter.",
                        )
                }
        }
    }

    open class Missing {

        @Breaker(name = "missing", fallback = "cachd")
        open suspend fun load(id: String): String = id

        private suspend fun cached(id: String): String = id
    }

    @Test
    fun failsTheStartWhereItDoesNotExist() {
        assertFailure(
            GuardRunner.with(Missing::class.java),
            "The fallback 'cachd' of @Breaker(\"missing\") on ${Missing::class.java.name}.load(String) does not exist." +
                " Methods that would fit: cached(String).",
            "Declare 'suspend fun cachd(String): String' in ${Missing::class.java.name}," +
                " optionally with a Throwable as one more parameter.",
        )
    }

    open class OfPlainFunction {

        @Breaker(name = "plain", fallback = "cached")
        open fun load(id: String): String = id

        private suspend fun cached(id: String): String = id
    }

    @Test
    fun cannotAnswerForAPlainFunction() {
        assertFailure(
            GuardRunner.with(OfPlainFunction::class.java),
            "The fallback 'cached' of @Breaker(\"plain\") on ${OfPlainFunction::class.java.name}.load(String) does not fit:" +
                System.lineSeparator() +
                "    cached(String) returns suspending String, not String",
            "Declare 'String cached(String)' in ${OfPlainFunction::class.java.name}," +
                " optionally with a Throwable as one more parameter.",
        )
    }
}
