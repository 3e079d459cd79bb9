package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** What the breakers of a process see of their fleet, with the logs that tell of its changes and the sums that it counts. */
final class MemberFleet implements Fleet {

    private final MemberSettings settings;
    private final StoreLink link;
    private final Loop loop;
    private final LiveNodes live;
    private final FleetCounts counts;
    private final Consumer<DroppedOrder> onDropped;
    private final ShardLogs logs;
    private final SumsExchange sums;

    MemberFleet(
            MemberSettings settings,
            StoreLink link,
            Loop loop,
            LiveNodes live,
            FleetCounts counts,
            Consumer<DroppedOrder> onDropped,
            SharedBreakers breakers) {
        this.settings = settings;
        this.link = link;
        this.loop = loop;
        this.live = live;
        this.counts = counts;
        this.onDropped = onDropped;
        this.logs = new ShardLogs(this, breakers::followed);
        this.sums = new SumsExchange(this, breakers.all());
    }

    ShardLogs logs() {
        return logs;
    }

    SumsExchange sums() {
        return sums;
    }

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
    public void storeAnswers() {
        link.answers();
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
    public int live() {
        return live.count();
    }

    @Override
    public void countLive(Runnable then) {
        live.ask(then);
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
