package dev.resilience.spring.actuate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with one kind of guard by a request.
 *
 * <p>Each operation throws a {@link Problem} or a {@link dev.resilience.InvalidSettingException} for a request that it refuses, and has
 * changed nothing then.
 */
interface GuardResource {

    /** Returns the guards in short that the request asks for. */
    Object list(Fields fields);

    /** Returns which fields a list understands. */
    List<String> listFields();

    /** Returns everything about one guard, the plain one of the name for a null key. */
    Object read(String name, @Nullable String key);

    /** Returns which fields an order understands. */
    List<String> orderFields();

    /** Carries out the order on the guard of a key, or on all of the name for a null key. Returns what {@link #read} does after that. */
    Object order(String name, @Nullable String key, Fields fields, String by);
}
