package dev.resilience.spring.actuate;

import dev.resilience.Name;
import java.util.List;

/**
 * Tells which methods a name guards, for display: {@code PaymentClient.pay(Order)}.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface MethodDirectory {

    /** Returns the methods that the breakers of a name guard, those of the beans created so far; empty if none is known. */
    List<String> ofBreaker(Name name);

    /** Returns the methods that the bulkheads of a name guard, those of the beans created so far; empty if none is known. */
    List<String> ofBulkhead(Name name);
}
