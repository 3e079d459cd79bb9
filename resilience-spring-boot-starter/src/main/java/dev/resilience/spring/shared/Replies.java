package dev.resilience.spring.shared;

import dev.resilience.spring.shared.StoreAnswer.Status;
import io.lettuce.core.ScoredValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what the store answers, as if a stranger had written it. */
final class Replies {

    private static final String LEASES = "leases";
    private static final int COUNTED = 0;
    private static final int STALE = 1;
    private static final int CORRUPT = 2;
    private static final int OTHER_VERSION = 3;

    private Replies() {}

    static StoreAnswer answer(List<?> reply) {
        Status status = status(at(reply, 0));
        long now = number(reply, 1);
        List<?> rest = reply.subList(2, reply.size());
        List<String> leases = List.of();
        if (status == Status.LEASED) {
            leases = leases(rest);
            rest = rest.subList(0, rest.size() - 2);
        }
        if (rest.isEmpty()) {
            return new StoreAnswer(status, now, null, leases);
        }
        try {
            return new StoreAnswer(status, now, FleetState.parse(fields(rest), now), leases);
        } catch (InvalidStoreDataException nonsense) {
            // The scripts let it pass, this node does not: to the caller there is no difference.
            return new StoreAnswer(Status.CORRUPT, now, null, List.of());
        }
    }

    static SyncAnswers sums(List<?> reply, int expected) {
        if (reply.size() != expected + 1) {
            throw invalid("sums", reply.size());
        }
        long now = number(reply, 0);
        List<SyncAnswer> answers = new ArrayList<>();
        for (Object each : reply.subList(1, reply.size())) {
            answers.add(sum(each, now));
        }
        return new SyncAnswers(now, answers);
    }

    static Beat beat(List<?> reply) {
        return new Beat(number(reply, 0), (int) Math.min(number(reply, 1), Integer.MAX_VALUE));
    }

    /** Leaves out what cannot be a change of a breaker: a name that cannot be shared, an epoch that is no epoch. */
    static List<LogEntry> log(List<ScoredValue<String>> entries) {
        return entries.stream()
                .filter(each ->
                        each.hasValue() && BreakerNames.canBeShared(each.getValue()) && isEpoch(each.getScore()))
                .map(each -> new LogEntry(each.getValue(), (long) each.getScore()))
                .toList();
    }

    static boolean isEpoch(double score) {
        return score >= 1 && score <= StateReader.LARGEST && score == Math.rint(score);
    }

    private static SyncAnswer sum(Object entry, long now) {
        if (!(entry instanceof List<?> numbers)) {
            throw invalid("sum", entry);
        }
        try {
            return sum(numbers, now);
        } catch (InvalidStoreDataException nonsense) {
            return new SyncAnswer.Unusable(Status.CORRUPT);
        }
    }

    private static SyncAnswer sum(List<?> numbers, long now) {
        return switch ((int) number(numbers, 0)) {
            case COUNTED ->
                new SyncAnswer.Sums(
                        epoch(numbers, now),
                        number(numbers, 2),
                        number(numbers, 3),
                        number(numbers, 4),
                        Duration.ofMillis(number(numbers, 5)),
                        Duration.ofMillis(number(numbers, 6)),
                        Duration.ofMillis(number(numbers, 7)),
                        (int) Math.min(number(numbers, 8), Integer.MAX_VALUE));
            case STALE -> new SyncAnswer.Stale(epoch(numbers, now));
            case CORRUPT -> new SyncAnswer.Unusable(Status.CORRUPT);
            case OTHER_VERSION -> new SyncAnswer.Unusable(Status.VERSION);
            default -> throw invalid("sum", numbers);
        };
    }

    private static long epoch(List<?> numbers, long now) {
        long epoch = number(numbers, 1);
        if (epoch > now + StateReader.AHEAD_MILLIS) {
            throw invalid(StateField.EPOCH, epoch);
        }
        return epoch;
    }

    private static List<String> leases(List<?> rest) {
        int size = rest.size();
        if (size < 2 || !LEASES.equals(rest.get(size - 2))) {
            throw invalid(LEASES, rest);
        }
        return List.of(rest.get(size - 1).toString().split(" "));
    }

    private static Map<String, String> fields(List<?> pairs) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(String.valueOf(pairs.get(i)), String.valueOf(pairs.get(i + 1)));
        }
        return fields;
    }

    private static Status status(Object name) {
        for (Status each : Status.values()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        throw invalid("status", name);
    }

    private static long number(List<?> reply, int index) {
        if (at(reply, index) instanceof Long number && number >= 0 && number <= StateReader.LARGEST) {
            return number;
        }
        throw invalid("number", at(reply, index));
    }

    private static Object at(List<?> reply, int index) {
        if (index >= reply.size()) {
            throw invalid("answer", reply);
        }
        return reply.get(index);
    }

    private static InvalidStoreDataException invalid(String field, Object value) {
        return new InvalidStoreDataException(field, String.valueOf(value));
    }
}
