package dev.resilience.spring.shared;

import dev.resilience.Name;
import dev.resilience.Ticker;
import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerListener;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.Transition;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.FamilyOrderListener;
import dev.resilience.registry.InstanceListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
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

    private final String node;
    private final MemberSettings settings;
    private final Loop loop;
    private final FleetCounts counts = new FleetCounts();
    private final SharedBreakers breakers;
    private final StoreLink link;
    private final LiveNodes live;
    private final MemberFleet fleet;
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private volatile boolean connected;
    private volatile Instant since = Instant.now();

    FleetMember(
            StoreConnector connector,
            String node,
            MemberSettings settings,
            Function<Name, Sharing> sharing,
            Consumer<DroppedOrder> onDropped,
            Loop loop) {
        this.node = node;
        this.settings = settings;
        this.loop = loop;
        this.breakers = new SharedBreakers(settings.maxBreakers(), sharing);
        this.link = new StoreLink(connector, settings, loop, counts, new Joining());
        this.live = new LiveNodes(link, loop);
        this.fleet = new MemberFleet(settings, link, loop, live, counts, onDropped, breakers);
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
        return new FleetMember(connector, node, settings, sharing, onDropped, new FleetThread());
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
        registry.addListener(new InstanceListener<>() {
            @Override
            public void added(CircuitBreaker breaker) {
                loop.execute(() -> add(registry, breaker));
            }

            @Override
            public void dropped(CircuitBreaker breaker) {
                loop.execute(() -> breakers.drop(breaker));
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

            @Override
            public void given(Name name) {
                order(name, NameOrders::given);
            }
        });
        loop.execute(link::connect);
        live.beat();
    }

    /** Hears of a transition of any breaker of this process. */
    @Override
    public void onTransition(Transition transition) {
        breakers.of(transition.name()).ifPresent(breaker -> breaker.moving(transition));
        loop.execute(() -> breakers.of(transition.name()).ifPresent(breaker -> breaker.moved(transition)));
    }

    private void order(Name name, Consumer<NameOrders> order) {
        loop.execute(() -> breakers.ordersOf(name).ifPresent(order));
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

    /** Returns the name of this process, as other processes show it. */
    public String node() {
        return node;
    }

    /** Returns how many nodes of the namespace are alive, as far as this one knows. */
    public int live() {
        return live.count();
    }

    /** Returns what people are shown of a breaker's part; empty if it has none. */
    public Optional<SharedView> view(Name breaker) {
        return breakers.of(breaker).map(SharedBreaker::view);
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
                breakers.ordersOf(name).ifPresent(NameOrders::keepHere);
            }
            breakers.allOf(name).forEach(SharedBreaker::keepHere);
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
            SharedBreaker shared = breakers.of(breaker).orElse(null);
            if (shared == null) {
                sent.complete(false);
            } else {
                shared.whenSent(sent);
            }
            if (shared == null || breaker.key() != null) {
                sentToAll.complete(true);
            } else {
                breakers.ordersOf(breaker).ifPresent(all -> all.whenSent(sentToAll));
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
            breakers.all().forEach(SharedBreaker::drop);
            link.close(FleetStore::leave, () -> {
                loop.close();
                left.complete(null);
            });
        });
        return left;
    }

    private void add(BreakerRegistry registry, CircuitBreaker breaker) {
        List<Followed> added = breakers.add(fleet, registry.family(breaker.name()), breaker);
        if (connected) {
            added.forEach(Followed::rejoin);
            breakers.of(breaker.name()).flatMap(SharedBreaker::windowShare).ifPresent(share -> fleet.exchangeSums());
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
        fleet.logs().readAll();
        connected = true;
        since = Instant.now();
        counts.rejoins.increment();
        LOG.info(
                "Agreeing with the fleet of {} on {} breakers, as {}",
                live.count(),
                breakers.all().size(),
                node);
        fleet.logs().pollLater();
        fleet.sums().begin();
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
            fleet.logs().stop();
            fleet.sums().stop();
            breakers.followed().forEach(Followed::leave);
        }

        @Override
        public void changed(StateMessage message) {
            if (connected) {
                breakers.followed()
                        .filter(each -> each.name().equals(message.breaker()))
                        .toList()
                        .forEach(each -> each.agreement().heard(message));
            }
        }

        @Override
        public void muted() {
            fleet.logs().pollLater();
        }
    }
}
