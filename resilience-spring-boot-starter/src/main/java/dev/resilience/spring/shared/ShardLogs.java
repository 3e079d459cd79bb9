package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs of changes, one a shard: messages are for speed, the logs are the truth. On the member's thread only.
 */
final class ShardLogs {

    private static final double POLL_SPREAD = 0.2;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration SOON_EACH = Duration.ofMillis(1);

    private final Fleet fleet;
    private final Collection<SharedBreaker> breakers;
    private final Map<Integer, Long> read = new TreeMap<>();
    private @Nullable Future<?> poll;

    /** @param breakers a view of those that are shared */
    ShardLogs(Fleet fleet, Collection<SharedBreaker> breakers) {
        this.fleet = fleet;
        this.breakers = breakers;
    }

    /** Reads of every shard what has changed while this process was not there. */
    void readAll() {
        read.clear();
        byShard().forEach(this::read);
    }

    /** Reads a shard anew, as the store has lost what it knew. */
    void readAgain(int shard) {
        read.put(shard, 0L);
        read(shard, byShard().getOrDefault(shard, List.of()));
    }

    private Map<Integer, List<SharedBreaker>> byShard() {
        return breakers.stream().collect(Collectors.groupingBy(SharedBreaker::shard));
    }

    private void read(int shard, List<SharedBreaker> all) {
        fleet.ask(store -> store.newestEpoch(shard), newest -> read.put(shard, newest.orElse(0)));
        List<String> names = all.stream().map(SharedBreaker::name).toList();
        fleet.ask(store -> store.epochs(shard, names), epochs -> {
            fleet.storeAnswers();
            all.forEach(breaker -> {
                if (epochs.containsKey(breaker.name()) || !breaker.isPlain()) {
                    breaker.rejoin();
                } else {
                    breaker.joined();
                }
            });
        });
    }

    /** Has the logs read when it is time, sooner where no messages come. */
    void pollLater() {
        MemberSettings settings = fleet.settings();
        Duration interval = fleet.hears() ? settings.pollInterval() : settings.pollIntervalAlone();
        double share = 1 - POLL_SPREAD + 2 * POLL_SPREAD * fleet.random();
        pollAfter(Duration.ofNanos((long) (interval.toNanos() * share)));
    }

    /** Has the logs read soon, at a moment of its own for each node. */
    void pollSoon() {
        pollAfter(fleet.spread(SOON, SOON_EACH));
    }

    private void pollAfter(Duration delay) {
        stop();
        poll = fleet.after(delay, this::pollAll);
    }

    /** Reads no more. */
    void stop() {
        if (poll != null) {
            poll.cancel(false);
        }
    }

    private void pollAll() {
        if (!fleet.hasStore()) {
            return;
        }
        byShard().forEach(this::poll);
        fleet.listen();
        pollLater();
    }

    private void poll(int shard, List<SharedBreaker> all) {
        long since = read.getOrDefault(shard, 0L);
        List<SharedBreaker> doubtful =
                all.stream().filter(SharedBreaker::isUnconfirmed).toList();
        fleet.ask(store -> store.changesSince(shard, since), changes -> {
            if (since > 0 && changes.isEmpty()) {
                readAgain(shard);
                return;
            }
            heard(shard, since, all, changes);
            all.forEach(SharedBreaker::followIfOnAgain);
            doubtful.stream().filter(SharedBreaker::isUnconfirmed).forEach(SharedBreaker::disown);
        });
    }

    private void heard(int shard, long since, List<SharedBreaker> all, List<LogEntry> changes) {
        Map<String, Long> newest =
                changes.stream().collect(Collectors.toMap(LogEntry::breaker, LogEntry::epoch, Math::max));
        newest.values().forEach(epoch -> read.merge(shard, epoch, Math::max));
        all.forEach(breaker -> {
            Long epoch = newest.get(breaker.name());
            if (epoch != null) {
                breaker.logged(epoch);
            } else if (breaker.isLoggedSince(since)) {
                breaker.read(); // and the store may know less than this node
            }
        });
    }
}
