package dev.resilience.spring.shared;

import dev.resilience.Name;
import dev.resilience.Ticker;
import dev.resilience.breaker.BreakerListener;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Transition;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.InstanceListener;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as a member of a fleet whose breakers of one name agree.
 *
 * <p>One thread of its own talks to the store; no call ever waits for it. While the store is away every breaker decides for itself.
 * The methods are safe for use by many threads.
 */
public final class FleetMember implements BreakerListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FleetMember.class);
    private static final Duration BEAT = Duration.ofSeconds(30);
    private static final Duration ALIVE = Duration.ofMinutes(2);
    private static final double POLL_SPREAD = 0.2;
    private static final Duration LONGEST_REJOIN = Duration.ofSeconds(30);
    private static final Duration REJOIN_EACH = Duration.ofMillis(2);

    private final StoreConnector connector;
    private final MemberSettings settings;
    private final Function<Name, Sharing> sharing;
    private final Loop loop;
    private final FleetCounts counts = new FleetCounts();
    private final Map<Name, SharedBreaker> breakers = new ConcurrentHashMap<>();
    private final Map<Integer, Long> read = new TreeMap<>();
    private final View view = new View();
    private @Nullable StoreConnection connection;
    private @Nullable Future<?> poll;
    private int era;
    private int attempts;
    private boolean closed;
    private boolean warned;
    private volatile int live = 1;
    private volatile boolean connected;
    private volatile Instant since = Instant.now();

    FleetMember(StoreConnector connector, MemberSettings settings, Function<Name, Sharing> sharing, Loop loop) {
        this.connector = connector;
        this.settings = settings;
        this.sharing = sharing;
        this.loop = loop;
    }

    /**
     * Creates a member that has not joined yet.
     *
     * @param store where the store is: {@code redis://host:port}, {@code rediss://host:port} for TLS
     * @param namespace nodes of one namespace share their breakers
     * @param node name of this process, never used by another
     * @param sharing whether and how the breakers of a name are shared
     * @throws IllegalArgumentException if the address, the namespace or the node's name cannot be used
     */
    public static FleetMember of(
            String store, String namespace, String node, MemberSettings settings, Function<Name, Sharing> sharing) {
        StoreSettings how = new StoreSettings(
                namespace,
                node,
                settings.stateTtl(),
                ALIVE,
                settings.commandTimeout(),
                settings.connectTimeout(),
                settings.pubSub());
        StoreAddress address = new StoreAddress(List.of(RedisURI.create(store)), false, null);
        StoreConnector connector = new LettuceConnector(address, how, new Scripts(), Ticker.system());
        return new FleetMember(connector, settings, sharing, new FleetThread());
    }

    /** Joins the fleet with all breakers of a registry, those to come among them. Does not wait for the store. */
    public void join(BreakerRegistry registry) {
        registry.addListener(new InstanceListener<>() {
            @Override
            public void added(CircuitBreaker breaker) {
                loop.execute(() -> add(breaker));
            }

            @Override
            public void dropped(CircuitBreaker breaker) {
                loop.execute(() -> drop(breaker));
            }
        });
        loop.execute(this::connect);
        loop.later(BEAT, this::beatAgain);
    }

    /** Hears of a transition of any breaker of this process. */
    @Override
    public void onTransition(Transition transition) {
        loop.execute(() -> {
            SharedBreaker breaker = breakers.get(transition.name());
            if (breaker != null) {
                breaker.moved(transition);
            }
        });
    }

    /** Returns whether the store is there and this process agrees with its fleet. */
    public boolean isConnected() {
        return connected;
    }

    /** Returns since when the store has been there, or away. */
    public Instant since() {
        return since;
    }

    /** Returns what this process has counted of its part. */
    public FleetTotals totals() {
        return counts.totals();
    }

    /** Returns how many nodes of the namespace are alive, as far as this one knows. */
    public int live() {
        return live;
    }

    /** Returns what people are shown of a breaker's part; empty if it has none. */
    public Optional<SharedView> view(Name breaker) {
        return Optional.ofNullable(breakers.get(breaker)).map(SharedBreaker::view);
    }

    /**
     * Waits until an order that was just given to a breaker is the fleet's.
     *
     * @return false if it is this process's alone so far: the store is away, or slower than {@code patience}
     */
    public boolean awaitOrder(Name breaker, Duration patience) throws InterruptedException {
        CompletableFuture<Boolean> sent = new CompletableFuture<>();
        loop.execute(() -> {
            SharedBreaker shared = breakers.get(breaker);
            if (shared == null) {
                sent.complete(false);
            } else {
                shared.whenSent(sent);
            }
        });
        try {
            return sent.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Leaves the fleet without waiting for the store. */
    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            disconnect();
            loop.close();
        });
        connector.close();
    }

    private void add(CircuitBreaker breaker) {
        Sharing how = sharing.apply(breaker.name());
        if (how.mode() == SharedMode.OFF
                || !BreakerNames.canBeShared(breaker.name().toString())) {
            return;
        }
        if (breakers.size() >= settings.maxBreakers()) {
            if (!warned) {
                warned = true;
                LOG.warn(
                        "More than resilience.shared.max-breakers={} breakers: '{}' and further ones stay local",
                        settings.maxBreakers(),
                        breaker.name());
            }
            return;
        }
        SharedBreaker shared = new SharedBreaker(view, breaker, how.quorum());
        breakers.put(breaker.name(), shared);
        if (connected) {
            shared.rejoin();
            read.computeIfAbsent(shared.shard(), shard -> 0L);
        }
    }

    private void drop(CircuitBreaker breaker) {
        SharedBreaker shared = breakers.remove(breaker.name());
        if (shared != null) {
            shared.drop();
        }
    }

    // The store goes and comes

    private void connect() {
        if (closed) {
            return;
        }
        Ears ears = new Ears();
        connector.connect(ears).whenComplete(view.onThread((made, failure) -> {
            if (failure != null) {
                if (era == 0 && attempts == 0) {
                    LOG.warn(
                            "The store of the fleet cannot be reached ({}): every breaker decides for itself until it is there",
                            String.valueOf(failure));
                }
                LOG.debug("The store cannot be reached", failure);
                connectAgain();
            } else {
                attempts = 0;
                connection = made;
                era++;
                ears.era = era;
                int mine = era;
                loop.later(rejoinDelay(), () -> beat(mine, this::readAll));
            }
        }));
    }

    private Duration rejoinDelay() {
        Duration spread = REJOIN_EACH.multipliedBy(live);
        Duration longest = spread.compareTo(settings.rejoinJitter()) > 0 ? spread : settings.rejoinJitter();
        return part(longest.compareTo(LONGEST_REJOIN) > 0 ? LONGEST_REJOIN : longest, view.random());
    }

    private static Duration part(Duration whole, double share) {
        return Duration.ofNanos((long) (whole.toNanos() * share));
    }

    private void connectAgain() {
        Duration most = settings.reconnectFirst().multipliedBy(1L << Math.min(attempts, 10));
        attempts++;
        Duration bounded = most.compareTo(settings.reconnectLongest()) > 0 ? settings.reconnectLongest() : most;
        loop.later(part(bounded, view.random()), this::connect);
    }

    private void lose(int lost, @Nullable Throwable why) {
        if (connection == null || era != lost || closed) {
            return;
        }
        disconnect();
        counts.lost.increment();
        LOG.warn(
                "The store of the fleet is away{}: every breaker decides for itself until it is back",
                why == null ? "" : " (" + why + ")");
        connectAgain();
    }

    private void disconnect() {
        StoreConnection old = connection;
        connection = null;
        connected = false;
        since = Instant.now();
        if (poll != null) {
            poll.cancel(false);
        }
        if (old != null) {
            old.close();
            breakers.values().forEach(SharedBreaker::leave);
        }
    }

    /** Reads of every shard what has changed while this process was not there. */
    private void readAll() {
        read.clear();
        byShard().forEach(this::readShard);
        connected = true;
        since = Instant.now();
        counts.rejoins.increment();
        LOG.info("Agreeing with the fleet of {} on {} breakers", live, breakers.size());
        pollLater();
    }

    private Map<Integer, List<SharedBreaker>> byShard() {
        return breakers.values().stream().collect(Collectors.groupingBy(SharedBreaker::shard));
    }

    private void readShard(int shard, List<SharedBreaker> all) {
        ask(store -> store.newestEpoch(shard), newest -> read.put(shard, newest.orElse(0)));
        List<String> names = all.stream().map(SharedBreaker::name).toList();
        ask(
                store -> store.epochs(shard, names),
                epochs -> all.forEach(breaker -> {
                    if (epochs.containsKey(breaker.name()) || !breaker.isPlain()) {
                        breaker.rejoin();
                    } else {
                        breaker.joined();
                    }
                }));
    }

    // The logs

    private void pollLater() {
        StoreConnection now = connection;
        boolean hears = now != null && now.isSubscribed();
        Duration interval = hears ? settings.pollInterval() : settings.pollIntervalAlone();
        pollAfter(part(interval, 1 - POLL_SPREAD + 2 * POLL_SPREAD * view.random()));
    }

    private void pollAfter(Duration delay) {
        if (poll != null) {
            poll.cancel(false);
        }
        poll = loop.after(delay, this::pollAll);
    }

    private void pollAll() {
        StoreConnection now = connection;
        if (now == null) {
            return;
        }
        byShard().forEach(this::pollShard);
        if (!now.isSubscribed()) {
            now.subscribe();
        }
        pollLater();
    }

    private void pollShard(int shard, List<SharedBreaker> all) {
        long since = read.getOrDefault(shard, 0L);
        List<SharedBreaker> doubtful =
                all.stream().filter(SharedBreaker::isUnconfirmed).toList();
        ask(store -> store.changesSince(shard, since), changes -> {
            if (since > 0 && changes.isEmpty()) {
                view.behind(shard);
                return;
            }
            Map<String, Long> newest =
                    changes.stream().collect(Collectors.toMap(LogEntry::breaker, LogEntry::epoch, Math::max));
            newest.values().forEach(epoch -> read.merge(shard, epoch, Math::max));
            all.forEach(breaker -> {
                Long epoch = newest.get(breaker.name());
                if (epoch != null) {
                    breaker.logged(epoch);
                }
            });
            doubtful.stream().filter(SharedBreaker::isUnconfirmed).forEach(SharedBreaker::disown);
        });
    }

    private void beatAgain() {
        beat(era, () -> {});
        loop.later(BEAT, this::beatAgain);
    }

    private void beat(int to, Runnable then) {
        if (era == to) {
            ask(FleetStore::beat, beat -> {
                live = Math.max(1, beat.live());
                then.run();
            });
        }
    }

    private <T> void ask(Function<FleetStore, CompletionStage<T>> question, Consumer<T> then) {
        StoreConnection now = connection;
        if (now == null) {
            return;
        }
        int asked = era;
        long sentAt = System.nanoTime();
        question.apply(now.store()).whenComplete(view.onThread((answer, failure) -> {
            counts.answered(System.nanoTime() - sentAt);
            if (failure != null) {
                lose(asked, failure);
            } else if (era == asked && connection != null) {
                then.accept(answer);
            }
        }));
    }

    /** Hears what comes over one connection. */
    private final class Ears implements StoreListener {

        private volatile int era;

        @Override
        public void changed(StateMessage message) {
            loop.execute(() -> {
                for (SharedBreaker breaker : breakers.values()) {
                    if (connected && breaker.name().equals(message.breaker())) {
                        breaker.heard(message);
                    }
                }
            });
        }

        @Override
        public void nonsense(InvalidStoreDataException problem) {
            counts.corrupt.increment();
            LOG.debug("A message of the fleet makes no sense", problem);
        }

        @Override
        public void muted() {
            loop.execute(FleetMember.this::pollLater);
        }

        @Override
        public void lost() {
            loop.execute(() -> lose(era, null));
        }
    }

    /** What the breakers see. */
    private final class View implements Fleet {

        @Override
        public @Nullable FleetStore store() {
            StoreConnection now = connection;
            return now == null ? null : now.store();
        }

        @Override
        public int era() {
            return era;
        }

        @Override
        public void failed(int asked, Throwable failure) {
            lose(asked, failure);
        }

        @Override
        public void behind(int shard) {
            List<SharedBreaker> all = byShard().getOrDefault(shard, List.of());
            read.put(shard, 0L);
            readShard(shard, all);
        }

        @Override
        public void readLogsSoon() {
            pollAfter(spread(Duration.ofSeconds(5), Duration.ofMillis(1)));
        }

        @Override
        public void execute(Runnable task) {
            loop.execute(task);
        }

        @Override
        public Future<?> after(Duration delay, Runnable task) {
            return loop.after(delay, task);
        }

        @Override
        public <T> BiConsumer<T, Throwable> onThread(BiConsumer<T, Throwable> followUp) {
            return (answer, failure) -> loop.execute(() -> followUp.accept(answer, failure));
        }

        @Override
        public Duration spread(Duration most, Duration each) {
            Duration all = each.multipliedBy(live);
            return part(all.compareTo(most) > 0 ? most : all, random());
        }

        @Override
        public double random() {
            return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public void countLive(Runnable then) {
            beat(era, then);
        }

        @Override
        public int live() {
            return live;
        }

        @Override
        public FleetCounts counts() {
            return counts;
        }

        @Override
        public MemberSettings settings() {
            return settings;
        }
    }
}
