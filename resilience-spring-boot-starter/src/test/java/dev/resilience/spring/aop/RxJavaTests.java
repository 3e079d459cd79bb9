package dev.resilience.spring.aop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

@SuppressWarnings("unused") // what is called by its name only
class RxJavaTests {

    static class Client {

        private final SingleSubject<String> provider = SingleSubject.create();

        @Breaker(name = "stock", fallback = "lastKnown")
        @Bulkhead("stock")
        public Single<String> single() {
            return provider;
        }

        private String lastKnown() {
            return "plain";
        }

        @Breaker("stock")
        public Maybe<String> maybe() {
            return provider.toMaybe();
        }

        @Breaker("stock")
        public Completable completable() {
            return provider.ignoreElement();
        }

        @Breaker(name = "stock", fallback = "fewer")
        public Flowable<String> flowable() {
            return provider.toFlowable().concatWith(Flowable.just("more"));
        }

        private Flowable<String> fewer() {
            return Flowable.just("one", "two");
        }

        @Breaker("stock")
        public Observable<String> observable() {
            return provider.toObservable();
        }
    }

    private static void run(BiConsumer<Client, AssertableApplicationContext> test) {
        GuardRunner.with(Client.class).run(context -> {
            test.accept(context.getBean(Client.class), context);
            assertThat(breaker(context).snapshot().concurrent()).as("permits").isZero();
            assertThat(GuardRunner.concurrent(context, "stock")).as("places").isZero();
        });
    }

    private static CircuitBreaker breaker(AssertableApplicationContext context) {
        return GuardRunner.breakers(context).get("stock");
    }

    private static long counted(AssertableApplicationContext context, Outcome outcome) {
        return breaker(context).snapshot().totals().calls().get(outcome);
    }

    private static SingleSubject<String> provider(Client client) {
        return ((Client) AopProxyUtils.getSingletonTarget(client)).provider;
    }

    @Test
    void areGuardedForEachSubscription() {
        run((client, context) -> {
            Single<String> single = client.single();
            assertThat(breaker(context).snapshot().concurrent()).isZero();
            TestObserver<String> first = single.test();
            TestObserver<String> second = single.test();
            assertThat(breaker(context).snapshot().concurrent()).isEqualTo(2);
            provider(client).onSuccess("four");
            first.assertResult("four");
            second.assertResult("four");
            assertThat(counted(context, Outcome.SUCCESS)).isEqualTo(2);
        });
    }

    @Test
    void answerAsTheyWouldWithoutAGuard() {
        run((client, context) -> {
            provider(client).onSuccess("four");
            client.maybe().test().assertResult("four");
            client.completable().test().assertResult();
            client.flowable().test().assertResult("four", "more");
            client.observable().test().assertResult("four");
            assertThat(counted(context, Outcome.SUCCESS)).isEqualTo(4);
        });
    }

    @Test
    void failWithTheirOwnException() {
        run((client, context) -> {
            provider(client).onError(new IOException("broken"));
            client.maybe().test().assertError(IOException.class);
            client.completable().test().assertError(IOException.class);
            client.observable().test().assertError(IOException.class);
            assertThat(counted(context, Outcome.FAILURE)).isEqualTo(3);
        });
    }

    @Test
    void failWithTheBreakersRejection() {
        run((client, context) -> {
            GuardRunner.forceOpen(context, "stock");
            client.maybe().test().assertError(BreakerOpenException.class);
            client.completable().test().assertError(BreakerOpenException.class);
            client.observable().test().assertError(BreakerOpenException.class);
        });
    }

    @Test
    void fallBackToThePlainValueOrTheSameType() {
        run((client, context) -> {
            GuardRunner.forceOpen(context, "stock");
            client.single().test().assertResult("plain");
            client.flowable().test().assertResult("one", "two");
        });
    }

    @Test
    void areGivenUpByWhoDisposesOfThem() {
        run((client, context) -> {
            client.single().test().dispose();
            assertThat(provider(client).hasObservers()).isFalse();
            assertThat(counted(context, Outcome.CANCELLED)).isOne();
        });
    }
}
