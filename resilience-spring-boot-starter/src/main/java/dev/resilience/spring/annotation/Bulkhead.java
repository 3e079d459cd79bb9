package dev.resilience.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * Guards the calls of a bean's method, or of all public methods of a class or interface, with a bulkhead: so many at once, and so many waiting.
 *
 * <p>Its settings are {@code resilience.bulkheads.<name>.*}. A method's annotation overrides its class's. Together with {@link Breaker}
 * on the same method it makes one guard, in which the breaker is asked first. Calls on {@code this} are not guarded, because they do
 * not pass the proxy.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface Bulkhead {

    /** Alias of {@link #name}. */
    @AliasFor("name")
    String value() default "";

    /**
     * Name of the bulkhead: a letter or digit, then up to 99 letters, digits, {@code _} or {@code -}; may hold {@code ${placeholders}}.
     * Empty: {@code <simple-class>-<method>} in kebab case.
     */
    @AliasFor("value")
    String name() default "";

    /**
     * SpEL over the arguments ({@code #argument}, {@code #p0}, {@code #root.method}) that picks an instance of the bulkhead: each value
     * has its own places. Empty, or a value of null: the plain instance.
     */
    String key() default "";

    /**
     * Name of a method of the same bean class that answers instead where the call was refused or failed: the same parameters, optionally
     * followed by a {@code Throwable}.
     */
    String fallback() default "";

    /**
     * Name of the class of callers that the calls belong to, as {@code customer}, which may have a guaranteed share of the bulkhead; or
     * SpEL over the arguments that picks it, if it starts with {@code #}. Empty, or a value of null: the caller's
     * {@code dev.resilience.Criticality} scope, if any.
     */
    String criticality() default "";
}
