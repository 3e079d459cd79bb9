package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.resilience.Ticker;
import dev.resilience.breaker.BreakerState;
import dev.resilience.spring.shared.StoreAnswer.Status;
import dev.resilience.spring.shared.StoreCommand.Force;
import dev.resilience.spring.shared.StoreCommand.Tick;
import io.lettuce.core.KillArgs;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("store")
class LettuceConnectorTests {

    private static final String BREAKER = "payments";
    private static final int SHARD = BreakerNames.shard(BREAKER);

    private final StoreFixture admin = new StoreFixture();
    private final StoreSettings settings = StoreFixture.settings(admin.namespace, "A-" + admin.namespace);
    private final LettuceConnector connector = connector(TestRedis.address());
    private final Heard heard = new Heard();

    private LettuceConnector connector(StoreAddress store) {
        return new LettuceConnector(store, settings, new Scripts(), Ticker.system());
    }

    private StoreConnection connected() {
        return StoreFixture.answered(connector.connect(heard));
    }

    @AfterEach
    void close() {
        connector.close();
        admin.close();
    }

    private static final class Heard implements StoreListener {

        final Queue<StateMessage> messages = new ConcurrentLinkedQueue<>();
        final Queue<InvalidStoreDataException> nonsense = new ConcurrentLinkedQueue<>();
        final AtomicInteger muted = new AtomicInteger();
        final AtomicInteger lost = new AtomicInteger();

        @Override
        public void changed(StateMessage message) {
            messages.add(message);
        }

        @Override
        public void nonsense(InvalidStoreDataException problem) {
            nonsense.add(problem);
        }

        @Override
        public void muted() {
            muted.incrementAndGet();
        }

        @Override
        public void lost() {
            lost.incrementAndGet();
        }
    }

    @Test
    void sendsTheTextOfAScriptThatTheServerHasForgotten() {
        StoreConnection connection = connected();
        StoreFixture.answered(connection.store().act(BREAKER, 0, new Tick()));
        TestConnection.OF_ADMIN.servers().forEach(RedisClusterCommands::scriptFlush);
        assertThat(StoreFixture.answered(connection.store().act(BREAKER, 0, new Tick()))
                        .status())
                .isEqualTo(Status.OK);
    }

    @Test
    void hearsWhatChanges() {
        StoreConnection connection = connected();
        StoreAnswer answer = StoreFixture.answered(connection.store().act(BREAKER, 0, StoreFixture.open(1)));
        await().until(() -> !heard.messages.isEmpty());
        assertThat(heard.messages).containsExactly(new StateMessage(BREAKER, answer.now(), answer.state()));
    }

    @Test
    void hearsOneStateWhateverAnOperatorWritesIntoHisReason() {
        StoreConnection connection = connected();
        Force forged = StoreFixture.force(BreakerState.FORCED_CLOSED, "eve\ns=OPEN", "x\ne=9\r\ns=OPEN");
        StoreFixture.answered(connection.store().act(BREAKER, 0, forged));
        await().until(() -> !heard.messages.isEmpty());
        assertThat(heard.nonsense).isEmpty();
        assertThat(heard.messages.peek().state().state()).isEqualTo(BreakerState.FORCED_CLOSED);
        assertThat(heard.messages.peek().state().orderedBy()).isEqualTo("eve s=OPEN");
    }

    @Test
    void tellsOfMessagesThatMakeNoSense() {
        connected();
        admin.redis.publish(admin.keys.channel(), "name=payments\ns=OPEN");
        await().until(() -> heard.nonsense.size() == 1);
        assertThat(heard.messages).isEmpty();
    }

    @Test
    void readsTheLogOfAShard() {
        FleetStore store = connected().store();
        assertThat(StoreFixture.answered(store.newestEpoch(SHARD))).isEmpty();
        long epoch =
                StoreFixture.answered(store.act(BREAKER, 0, StoreFixture.RESET)).epoch();
        assertThat(StoreFixture.answered(store.newestEpoch(SHARD))).isEqualTo(OptionalLong.of(epoch));
        assertThat(StoreFixture.answered(store.changesSince(SHARD, epoch)))
                .containsExactly(new LogEntry(BREAKER, epoch));
        assertThat(StoreFixture.answered(store.changesSince(SHARD, epoch + 1))).isEmpty();
        assertThat(StoreFixture.answered(store.epochs(SHARD, List.of("never", BREAKER))))
                .containsOnlyKeys(BREAKER)
                .containsEntry(BREAKER, epoch);
    }

    @Test
    void overlooksEpochsThatNobodyCanHaveWritten() {
        FleetStore store = connected().store();
        admin.redis.zadd(admin.keys.log(SHARD), 9e15, BREAKER);
        assertThat(StoreFixture.answered(store.newestEpoch(SHARD))).isEmpty();
        assertThat(StoreFixture.answered(store.changesSince(SHARD, 1))).isEmpty();
        assertThat(StoreFixture.answered(store.epochs(SHARD, List.of(BREAKER)))).isEmpty();
    }

    @Test
    void countsTheNodesThatAreAlive() {
        assertThat(StoreFixture.answered(connected().store().beat()).live()).isEqualTo(1);
        admin.redis.zadd(admin.keys.nodes(), (double) System.currentTimeMillis(), "B");
        assertThat(StoreFixture.answered(connected().store().beat()).live()).isEqualTo(2);
    }

    @Test
    void sumsUpSeveralBreakersInTheirOrder() {
        FleetStore store = connected().store();
        List<SyncDelta> deltas = List.of(delta("v", 3), delta(BREAKER, 5));
        List<SyncAnswer> answers = StoreFixture.answered(store.sync(deltas)).answers();
        assertThat(answers).extracting(each -> ((SyncAnswer.Sums) each).calls()).containsExactly(3L, 5L);
        admin.redis.del(admin.keys.of("v"));
    }

    private static SyncDelta delta(String breaker, long calls) {
        return new SyncDelta(
                breaker, 0, calls, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), SyncDelta.Noting.NOBODY);
    }

    @Test
    void tellsOnceThatTheStoreIsLost() {
        StoreConnection connection = connected();
        killConnections("normal");
        await().until(() -> heard.lost.get() > 0);
        assertThat(heard.lost).hasValue(1);
        assertThat(connection.isSubscribed()).isFalse();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> StoreFixture.answered(connection.store().beat()));
    }

    @Test
    void tellsThatOnlyMessagesAreLostAndListensAgain() {
        StoreConnection connection = connected();
        killConnections("pubsub");
        await().until(() -> heard.muted.get() == 1);
        assertThat(connection.isSubscribed()).isFalse();
        assertThat(StoreFixture.answered(connection.store().beat()).live()).isEqualTo(1);
        StoreFixture.answered(connection.subscribe());
        assertThat(connection.isSubscribed()).isTrue();
        StoreFixture.answered(connection.store().act(BREAKER, 0, StoreFixture.RESET));
        await().until(() -> !heard.messages.isEmpty());
        assertThat(heard.lost).hasValue(0);
    }

    /** Those of this test alone, which have its node's name: the server may have other users. */
    private void killConnections(String type) {
        TestConnection.OF_ADMIN
                .servers()
                .forEach(server -> server.clientList()
                        .lines()
                        .filter(each -> each.contains(" name=" + settings.node() + " "))
                        .filter(each -> each.contains("sub=1 ") == type.equals("pubsub"))
                        .map(each -> each.substring("id=".length(), each.indexOf(' ')))
                        .forEach(id -> server.clientKill(KillArgs.Builder.id(Long.parseLong(id)))));
    }

    @Test
    void tellsNobodyThatItClosedByItself() {
        StoreConnection connection = connected();
        connection.close();
        await().until(() -> !connection.isSubscribed());
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> StoreFixture.answered(connection.store().beat()));
        assertThat(heard.lost).hasValue(0);
        assertThat(heard.muted).hasValue(0);
    }

    @Test
    void failsToConnectWhereNobodyListens() {
        LettuceConnector nowhere = connector(StoreAddress.of("redis://127.0.0.1:1"));
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> StoreFixture.answered(nowhere.connect(heard)));
        nowhere.close();
    }

    @Test
    void leavesNoThreadBehind() {
        LettuceConnector another = connector(TestRedis.address());
        StoreFixture.answered(another.connect(new Heard()));
        long before = lettuceThreads();
        another.close();
        await().until(() -> lettuceThreads() < before);
    }

    private static long lettuceThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().startsWith("lettuce"))
                .count();
    }

    @Test
    void sendsNothingOfABreakerWhoseNameCannotBeShared() {
        FleetStore store = connected().store();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.act("a\nb", 0, new Tick()))
                .withMessage("Invalid breaker (a b): must be 1 to 200 bytes of UTF-8 without control characters");
    }
}
