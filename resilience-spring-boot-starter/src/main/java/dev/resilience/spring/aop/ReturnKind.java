package dev.resilience.spring.aop;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;

/** How the result of a method comes to its caller. */
enum ReturnKind {
    /** It is there when the method returns. */
    PLAIN,
    /** A future that a {@link CompletableFuture} can stand for, and that tells when it is complete. */
    STAGE,
    /** A {@link Future} that does not tell when it is complete. */
    FUTURE,
    /** A publisher, or what Spring can make one of; a suspending function is one to an interceptor. */
    PUBLISHER,
    /** A future of some other class, in whose place nothing else can be returned. */
    OTHER_FUTURE,
    /** A publisher of some narrower class, in whose place nothing else can be returned. */
    OTHER_PUBLISHER,
    /** A publisher, and Reactor is not there to guard it. */
    PUBLISHER_WITHOUT_REACTOR;

    static final String REACTOR = "reactor.core.publisher.Flux";

    static ReturnKind of(Method method) {
        if (KotlinDetector.isSuspendingFunction(method)) {
            return publisher(method.getDeclaringClass());
        }
        Class<?> type = method.getReturnType();
        if (type == Future.class) {
            return FUTURE;
        }
        if (type == CompletionStage.class || type == CompletableFuture.class) {
            return STAGE;
        }
        if (Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type)) {
            return OTHER_FUTURE;
        }
        ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
        if (adapter != null && adapter.getReactiveType() != type) {
            return OTHER_PUBLISHER;
        }
        boolean isPublisher = adapter != null || Flow.Publisher.class.isAssignableFrom(type);
        return isPublisher ? publisher(type) : PLAIN;
    }

    private static ReturnKind publisher(Class<?> type) {
        return ClassUtils.isPresent(REACTOR, type.getClassLoader()) ? PUBLISHER : PUBLISHER_WITHOUT_REACTOR;
    }
}
