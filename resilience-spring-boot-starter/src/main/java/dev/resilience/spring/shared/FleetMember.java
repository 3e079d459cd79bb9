package dev.resilience.spring.shared;

import dev.resilience.Name;
import dev.resilience.Ticker;
import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerListener;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.Transition;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.FamilyOrderListener;
import dev.resilience.registry.InstanceListener;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
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
    private static final Duration LONGEST_REJOIN = Duration.ofSeconds(30);
    private static final Duration REJOIN_EACH = Duration.ofMillis(2);

    private final MemberSettings settings;
    private final Function<Name, Sharing> sharing;
    private final Consumer<DroppedOrder> onDropped;
    private final Loop loop;
    private final FleetCounts counts = new FleetCounts();
    private final Map<Name, SharedBreaker> breakers = new ConcurrentHashMap<>();
    /** By the canonical form of the name. */
    private final Map<String, NameOrders> orders = new HashMap<>();

    private final View view = new View();
    private final ShardLogs logs = new ShardLogs(view, this::followed);
    private final SumsExchange sums = new SumsExchange(view, breakers.values());
    private final StoreLink link;
    private final LiveNodes live;
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private volatile @Nullable BreakerRegistry joined;
    private boolean warned;
    private volatile boolean connected;
    private volatile Instant since = Instant.now();

    FleetMember(
            StoreConnector connector,
            MemberSettings settings,
            Function<Name, Sharing> sharing,
            Consumer<DroppedOrder> onDropped,
            Loop loop) {
        this.link = new StoreLink(connector, settings, loop, counts, new Joining());
        this.live = new LiveNodes(link, loop);
        this.settings = settings;
        this.sharing = sharing;
        this.onDropped = onDropped;
        this.loop = loop;
    }

    /**
     * Creates a member that has not joined yet.
     *
     * @param store where the store is, see {@link StoreAddress#of(String)}
     * @param namespace nodes of one namespace share their breakers
     * @param node name of this process, never used by another
     * @param sharing whether and how the breakers of a name are shared
     * @param onDropped hears of orders that were held back and became void; must not block
     * @throws IllegalArgumentException if the namespace or the node's name cannot be used
     */
    public static FleetMember of(
            StoreAddress store,
            String namespace,
            String node,
            MemberSettings settings,
            Function<Name, Sharing> sharing,
            Consumer<DroppedOrder> onDropped) {
        StoreSettings how = new StoreSettings(
                namespace,
                node,
                settings.stateTtl(),
                LiveNodes.ALIVE,
                settings.commandTimeout(),
                settings.connectTimeout(),
                settings.pubSub());
        StoreConnector connector = new LettuceConnector(store, how, new Scripts(), Ticker.system());
        return new FleetMember(connector, settings, sharing, onDropped, new FleetThread());
    }

    /** Returns whether a text can be the namespace of a fleet: 1 to 64 of {@code A-Z a-z 0-9 . _ -}. */
    public static boolean isNamespace(String text) {
        return StoreSettings.isNamespace(text);
    }

    /** Returns whether a text can be the name of a process: 1 to 64 printable ASCII characters without blanks. */
    public static boolean isNode(String text) {
        return StoreSettings.isNode(text);
    }

    /** Joins the fleet with all breakers of a registry, those to come among them. Does not wait for the store. */
    public void join(BreakerRegistry registry) {
        joined = registry;
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
        registry.addListener(new FamilyOrderListener() {
            @Override
            public void forced(Name name, Force force) {
                order(name, all -> all.forced(force));
            }

            @Override
            public void released(Name name, Attribution by) {
                order(name, all -> all.released(by));
            }

            @Override
            public void reset(Name name, Attribution by) {
                order(name, all -> all.reset(by));
            }
        });
        loop.execute(link::connect);
        live.beat();
    }

    /** Hears of a transition of any breaker of this process. */
    @Override
    public void onTransition(Transition transition) {
        SharedBreaker moving = breakers.get(transition.name());
        if (moving != null) {
            moving.moving(transition);
        }
        loop.execute(() -> {
            SharedBreaker breaker = breakers.get(transition.name());
            if (breaker != null) {
                breaker.moved(transition);
            }
        });
    }

    private void order(Name name, Consumer<NameOrders> order) {
        loop.execute(() -> ordersOf(name).ifPresent(order));
    }

    private Optional<NameOrders> ordersOf(Name name) {
        return Optional.ofNullable(orders.get(name.canonical()));
    }

    private Stream<Followed> followed() {
        return Stream.concat(orders.values().stream(), breakers.values().stream());
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
        return live.count();
    }

    /** Returns what people are shown of a breaker's part; empty if it has none. */
    public Optional<SharedView> view(Name breaker) {
        return Optional.ofNullable(breakers.get(breaker)).map(SharedBreaker::view);
    }

    /**
     * Keeps the force that is about to be ordered to this process: it is not told to the fleet, and the breaker follows the fleet again
     * when it ends.
     *
     * @param name of one breaker, or without a key of all of the name, those to come among them
     */
    public void keepHere(Name name) {
        loop.execute(() -> {
            if (name.key() == null) {
                ordersOf(name).ifPresent(NameOrders::keepHere);
            }
            breakers.values().stream().filter(breaker -> breaker.isOf(name)).forEach(SharedBreaker::keepHere);
        });
    }

    /**
     * Waits until an order that was just given to a breaker, or without a key to all of the name, is the fleet's.
     *
     * @return false if it is this process's alone so far: the store is away, or slower than {@code patience}
     */
    public boolean awaitOrder(Name breaker, Duration patience) throws InterruptedException {
        CompletableFuture<Boolean> sent = new CompletableFuture<>();
        CompletableFuture<Boolean> sentToAll = new CompletableFuture<>();
        loop.execute(() -> {
            SharedBreaker shared = breakers.get(breaker);
            if (shared == null) {
                sent.complete(false);
            } else {
                shared.whenSent(sent);
            }
            if (shared == null || breaker.key() != null) {
                sentToAll.complete(true);
            } else {
                ordersOf(breaker).ifPresent(all -> all.whenSent(sentToAll));
            }
        });
        try {
            return sent.thenCombine(sentToAll, Boolean::logicalAnd).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Leaves the fleet, which from then on counts without this process. Waits for the store no longer than a command may take. */
    @Override
    public void close() {
        try {
            leave().get(settings.commandTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            LOG.debug("The store has not answered; the fleet counts this process for a while", slow);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Future<Void> leave() {
        loop.execute(() -> {
            breakers.values().forEach(SharedBreaker::drop);
            link.close(FleetStore::leave, () -> {
                loop.close();
                left.complete(null);
            });
        });
        return left;
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
        if (breaker.name().key() == null) {
            addOrders(breaker.name());
        }
        SharedBreaker shared = new SharedBreaker(view, breaker, how);
        breakers.put(breaker.name(), shared);
        ordersOf(breaker.name()).ifPresent(all -> all.welcome(shared));
        if (connected) {
            shared.rejoin();
            if (shared.windowShare().isPresent()) {
                sums.begin();
            }
        }
    }

    private void addOrders(Name name) {
        BreakerFamily family = Objects.requireNonNull(joined).family(name);
        NameOrders all =
                new NameOrders(view, family, () -> breakers.values().stream().filter(each -> each.isOf(name)));
        orders.put(name.canonical(), all);
        if (connected) {
            all.rejoin();
        }
    }

    private void drop(CircuitBreaker breaker) {
        SharedBreaker shared = breakers.remove(breaker.name());
        if (shared != null) {
            shared.drop();
        }
    }

    // The store goes and comes

    /** A process that starts finds out at once what its fleet has decided: those that lost the store come back all at the same time. */
    private Duration rejoinDelay() {
        if (link.isTheFirst()) {
            return Duration.ZERO;
        }
        Duration spread = REJOIN_EACH.multipliedBy(live.count());
        return Waits.upTo(Waits.longerOf(spread, settings.rejoinJitter()), LONGEST_REJOIN);
    }

    /** Reads of every shard what has changed while this process was not there. */
    private void readAll() {
        logs.readAll();
        connected = true;
        since = Instant.now();
        counts.rejoins.increment();
        LOG.info("Agreeing with the fleet of {} on {} breakers", live.count(), breakers.size());
        logs.pollLater();
        sums.begin();
    }

    /** What becomes of the store. */
    private final class Joining implements StoreLink.Owner {

        @Override
        public void connected() {
            link.later(rejoinDelay(), () -> live.ask(FleetMember.this::readAll));
        }

        @Override
        public void lost() {
            connected = false;
            since = Instant.now();
            logs.stop();
            sums.stop();
            followed().forEach(Followed::leave);
        }

        @Override
        public void changed(StateMessage message) {
            if (connected) {
                followed()
                        .filter(each -> each.name().equals(message.breaker()))
                        .toList()
                        .forEach(each -> each.agreement().heard(message));
            }
        }

        @Override
        public void muted() {
            logs.pollLater();
        }
    }

    /** What the breakers see. */
    private final class View implements Fleet {

        @Override
        public boolean hasStore() {
            return link.isThere();
        }

        @Override
        public <T> void ask(Function<FleetStore, CompletionStage<T>> question, Consumer<T> then) {
            link.ask(question, then);
        }

        @Override
        public long storeTime() {
            return link.storeTime();
        }

        @Override
        public boolean hears() {
            return link.hears();
        }

        @Override
        public void listen() {
            link.listen();
        }

        @Override
        public void behind(int shard) {
            logs.readAgain(shard);
        }

        @Override
        public void readLogsSoon() {
            logs.pollSoon();
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
        public Duration spread(Duration most, Duration each) {
            return Waits.upTo(each.multipliedBy(live.count()), most);
        }

        @Override
        public double random() {
            return Waits.random();
        }

        @Override
        public void countLive(Runnable then) {
            live.ask(then);
        }

        @Override
        public int live() {
            return live.count();
        }

        @Override
        public void storeAnswers() {
            link.answers();
        }

        @Override
        public void dropped(DroppedOrder order) {
            onDropped.accept(order);
        }

        @Override
        public void exchangeSums() {
            sums.begin();
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
