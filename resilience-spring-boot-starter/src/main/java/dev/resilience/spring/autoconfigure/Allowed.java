package dev.resilience.spring.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a key may hold, in words that follow "must be": for the report on a value that cannot be read, and for the reference page. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@interface Allowed {

    /** Such as {@code above 0 to 100}. */
    String value();
}
