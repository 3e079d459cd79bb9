package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs of changes, one a shard: messages are for speed, the logs are the truth. On the member's thread only.
 */
final class ShardLogs {

    private static final double POLL_SPREAD = 0.2;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration SOON_EACH = Duration.ofMillis(1);

    private final Fleet fleet;
    private final Supplier<Stream<Followed>> followed;
    private final Map<Integer, Long> read = new TreeMap<>();
    private @Nullable Future<?> poll;

    /** @param followed what is in the logs and concerns this node */
    ShardLogs(Fleet fleet, Supplier<Stream<Followed>> followed) {
        this.fleet = fleet;
        this.followed = followed;
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

    private Map<Integer, List<Followed>> byShard() {
        return followed.get().collect(Collectors.groupingBy(Followed::shard));
    }

    private void read(int shard, List<Followed> all) {
        fleet.ask(store -> store.newestEpoch(shard), newest -> read.put(shard, newest.orElse(0)));
        List<String> names = all.stream().map(Followed::name).toList();
        fleet.ask(store -> store.epochs(shard, names), epochs -> {
            fleet.storeAnswers();
            all.forEach(each -> {
                if (epochs.containsKey(each.name()) || !each.isPlain()) {
                    each.rejoin();
                } else {
                    each.joined();
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

    private void poll(int shard, List<Followed> all) {
        long since = read.getOrDefault(shard, 0L);
        List<Agreement> doubtful = all.stream()
                .map(Followed::agreement)
                .filter(each -> !each.isConfirmed())
                .toList();
        fleet.ask(store -> store.changesSince(shard, since), changes -> {
            if (since > 0 && changes.isEmpty()) {
                readAgain(shard);
                return;
            }
            heard(shard, since, all, changes);
            all.forEach(Followed::followIfOnAgain);
            doubtful.stream().filter(each -> !each.isConfirmed()).forEach(Agreement::disown);
        });
    }

    private void heard(int shard, long since, List<Followed> all, List<LogEntry> changes) {
        Map<String, Long> newest =
                changes.stream().collect(Collectors.toMap(LogEntry::breaker, LogEntry::epoch, Math::max));
        newest.values().forEach(epoch -> read.merge(shard, epoch, Math::max));
        all.forEach(each -> {
            Long epoch = newest.get(each.name());
            if (epoch != null) {
                each.agreement().logged(epoch);
            } else if (each.agreement().isLoggedSince(since)) {
                each.agreement().read(); // and the store may know less than this node
            }
        });
    }
}
