package dev.resilience.spring.shared;

import dev.resilience.breaker.BreakerState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The state that all nodes of a fleet share of one breaker. Times are the store's, in milliseconds: only their differences
 * to the {@code now} of the same answer mean something. Counts and times are 0, and texts empty, where they do not apply.
 *
 * @param epoch rises with every change, also across a loss of the store's data
 * @param transitions changes so far, for display
 * @param since when it began
 * @param retryAt when an open breaker is due for probes
 * @param interval the last one drawn, in milliseconds
 * @param streak openings in a row before this one
 * @param reason why it came about
 * @param node which node decided it
 * @param orderedBy which person, if it is an order
 * @param orderReason and why
 * @param forcedUntil 0 for a force without an end
 * @param places probes of the round
 * @param failurePerMille failures of the round that open it again
 * @param slowPerMille slow probes of the round that open it again, 0 for any number
 * @param done probes of the round that ended
 * @param failed those of them that failed
 * @param slow those of them that took too long
 * @param atOnce probes of the round that may run at once
 * @param ramp length of the recovery, in milliseconds
 * @param rampEndsAt when a recovery is over
 * @param operatorEpoch epoch of an operator's last word
 */
record FleetState(
        long epoch,
        long transitions,
        BreakerState state,
        long since,
        long retryAt,
        long interval,
        int streak,
        String reason,
        String node,
        String orderedBy,
        String orderReason,
        long forcedUntil,
        int places,
        int failurePerMille,
        int slowPerMille,
        int done,
        int failed,
        int slow,
        int atOnce,
        long ramp,
        long rampEndsAt,
        long operatorEpoch) {

    /**
     * Reads a state from its fields in the store or in a message; fields that are not known are ignored.
     *
     * @param now the store's time in milliseconds
     * @throws InvalidStoreDataException if a field is missing, or is none that a node of this version would have written
     */
    static FleetState parse(Map<String, String> fields, long now) {
        return new StateReader(fields, now).read();
    }

    /** Writes the fields that a store that lost them needs, name and value in turn. */
    List<String> written() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(StateField.STATE, state);
        fields.put(StateField.TRANSITIONS, transitions);
        fields.put(StateField.RETRY_AT, retryAt);
        fields.put(StateField.INTERVAL, interval);
        fields.put(StateField.STREAK, streak);
        fields.put(StateField.REASON, reason);
        fields.put(StateField.ORDERED_BY, orderedBy);
        fields.put(StateField.ORDER_REASON, orderReason);
        fields.put(StateField.FORCED_UNTIL, forcedUntil);
        fields.put(StateField.PLACES, places);
        fields.put(StateField.FAILURE_PER_MILLE, failurePerMille);
        fields.put(StateField.SLOW_PER_MILLE, slowPerMille);
        fields.put(StateField.RAMP, ramp);
        fields.put(StateField.RAMP_ENDS_AT, rampEndsAt);
        fields.put(StateField.OPERATOR_EPOCH, operatorEpoch);
        return fields.entrySet().stream()
                .flatMap(each -> Stream.of(each.getKey(), each.getValue().toString()))
                .toList();
    }
}
