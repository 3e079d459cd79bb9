package dev.resilience.sample.shop;

import dev.resilience.sample.Region;
import java.util.List;

/**
 * How a customer can pay.
 *
 * @param source who says so: {@code provider}, or {@code fallback} where it could not be asked
 */
record PaymentMethods(Region region, List<String> methods, String source) {}
