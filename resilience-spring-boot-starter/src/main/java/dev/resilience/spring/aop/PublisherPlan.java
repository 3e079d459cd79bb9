package dev.resilience.spring.aop;

import dev.resilience.Guard;
import dev.resilience.spring.reactive.GuardOperator;
import dev.resilience.spring.reactive.Resumption;
import java.util.Objects;
import java.util.function.Function;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The plan of a method that returns a publisher, or what Spring can make one of: each subscription is a call. */
final class PublisherPlan implements GuardPlan {

    private final GuardSource guards;
    private final @Nullable Fallback fallback;
    private final Function<Object, Publisher<Object>> toPublisher;
    private final Function<Publisher<Object>, Object> fromPublisher;

    private PublisherPlan(
            GuardSource guards,
            @Nullable Fallback fallback,
            Function<Object, Publisher<Object>> toPublisher,
            Function<Publisher<Object>, Object> fromPublisher) {
        this.guards = guards;
        this.fallback = fallback;
        this.toPublisher = toPublisher;
        this.fromPublisher = fromPublisher;
    }

    /** Returns the plan of a method that returns a type of which {@link ReactiveAdapterRegistry} knows. */
    static PublisherPlan of(Class<?> type, GuardSource guards, @Nullable Fallback fallback) {
        ReactiveAdapter adapter = adapter(type);
        return new PublisherPlan(
                guards, fallback, returned -> published(returned, adapter), guarded -> adapter.fromPublisher(guarded));
    }

    /** Returns the plan of a suspending function, which is a {@link Mono} or {@link Flux} to its interceptors. */
    @SuppressWarnings("unchecked")
    static PublisherPlan ofSuspending(GuardSource guards, @Nullable Fallback fallback) {
        return new PublisherPlan(guards, fallback, returned -> (Publisher<Object>) returned, guarded -> guarded);
    }

    private static ReactiveAdapter adapter(Class<?> type) {
        ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
        if (adapter == null) {
            throw new IllegalStateException("Spring knows no adapter for " + type.getName());
        }
        return adapter;
    }

    private static Publisher<Object> published(Object returned, ReactiveAdapter adapter) {
        Publisher<Object> publisher = adapter.toPublisher(returned);
        return adapter.isMultiValue() ? publisher : Mono.from(publisher);
    }

    @Override
    public Object call(MethodInvocation invocation) {
        Guard guard = guards.of(invocation);
        GuardOperator<Object> operator =
                fallback == null ? GuardOperator.of(guard) : GuardOperator.of(guard, resumption(invocation, fallback));
        return fromPublisher.apply(operator.apply(source(invocation)));
    }

    /** What the method itself throws comes to whoever subscribes, as if the publisher had failed. */
    private Publisher<Object> source(MethodInvocation invocation) {
        try {
            Object returned = invocation.proceed();
            return returned == null
                    ? Mono.error(new NullPointerException("The guarded method returned null instead of a publisher"))
                    : toPublisher.apply(returned);
        } catch (Throwable thrown) {
            return Mono.error(thrown);
        }
    }

    private Resumption<Object> resumption(MethodInvocation invocation, Fallback instead) {
        return (thrown, outcome) -> keeping(thrown, answered(instead.recover(invocation, thrown, outcome)));
    }

    private static Publisher<Object> keeping(Throwable first, Publisher<Object> instead) {
        return instead instanceof Mono<Object> mono
                ? mono.doOnError(failed -> Fallback.keep(first, failed))
                : Flux.from(instead).doOnError(failed -> Fallback.keep(first, failed));
    }

    /** Takes what a fallback returned, be it the value or a publisher of it. */
    private static Publisher<Object> answered(@Nullable Object returned) {
        ReactiveAdapter adapter = returned == null
                ? null
                : ReactiveAdapterRegistry.getSharedInstance().getAdapter(returned.getClass(), returned);
        return adapter == null ? Mono.justOrEmpty(returned) : published(Objects.requireNonNull(returned), adapter);
    }

    @Override
    public void bind() {
        guards.bind();
    }
}
