package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.resilience.Ticker;
import dev.resilience.spring.shared.StoreAnswer.Status;
import dev.resilience.spring.shared.StoreCommand.Probe;
import dev.resilience.spring.shared.StoreCommand.Restore;
import dev.resilience.spring.shared.StoreCommand.Unvote;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the user of the documentation's ACL line can do, and what not. */
@Tag("store")
class LeastRightsTests {

    private static final String RIGHTS = "resetkeys resetchannels ~rb1:* &rb1:* -@all +auth +hello +ping"
            + " +client|setname +eval +evalsha +script|load +time +hget +hmget +hgetall +hkeys +hset +hdel +hincrby +del"
            + " +pexpire +zadd +zrem +zrange +zrevrange +zscore +zmscore +zcard +zremrangebyscore +zremrangebyrank"
            + " +publish +subscribe +unsubscribe";
    private static final String RIGHTS_IN_A_CLUSTER = " +cluster|nodes +asking";
    private static final String BREAKER = StoreFixture.BREAKER;
    private static final int SHARD = BreakerNames.shard(BREAKER);

    private final StoreFixture admin = new StoreFixture();
    private final String user = "resilience-" + admin.namespace;
    private final StoreAddress address = withUser(TestRedis.address());
    private final LettuceConnector connector =
            new LettuceConnector(address, StoreFixture.settings(admin.namespace, "A"), new Scripts(), Ticker.system());

    private StoreAddress withUser(StoreAddress store) {
        List<RedisURI> uris = store.uris().stream()
                .map(each -> StoreAddress.copy(each)
                        .withAuthentication(user, "secret")
                        .build())
                .toList();
        return new StoreAddress(uris, store.isCluster(), store.ssl());
    }

    @BeforeEach
    void createUser() {
        CommandArgs<String, String> line = new CommandArgs<>(StringCodec.UTF8)
                .add("SETUSER")
                .add(user)
                .add("on")
                .add(">secret");
        String rights = address.isCluster() ? RIGHTS + RIGHTS_IN_A_CLUSTER : RIGHTS;
        List.of(rights.split(" ", -1)).forEach(line::add);
        TestConnection.OF_ADMIN
                .servers()
                .forEach(server -> server.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), line));
    }

    @AfterEach
    void close() {
        connector.close();
        TestConnection.OF_ADMIN.servers().forEach(server -> server.aclDeluser(user));
        admin.close();
    }

    @Test
    void sufficeForAllThatANodeDoes() {
        Listening listening = new Listening();
        FleetStore store = StoreFixture.answered(connector.connect(listening)).store();
        assertThat(StoreFixture.answered(store.beat()).live()).isEqualTo(1);
        StoreFixture.answered(store.sync(List.of(new SyncDelta(
                BREAKER,
                0,
                1,
                1,
                0,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(1),
                SyncDelta.Noting.IF_IT_FAILED))));
        assertThat(status(store, 0, new Unvote())).isEqualTo(Status.OK);
        StoreCommand.Interval now =
                new StoreCommand.Interval(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0, 500_000);
        StoreAnswer opened = StoreFixture.answered(
                store.act(BREAKER, 0, new StoreCommand.Open("X", 1, Duration.ofSeconds(1), true, now)));
        StoreAnswer claimed = await().until(
                        () -> StoreFixture.answered(store.act(BREAKER, opened.epoch(), StoreFixture.claim(1, 1000))),
                        answer -> answer.status() == Status.LEASED);
        String lease = claimed.leases().get(0);
        assertThat(status(store, claimed.epoch(), StoreFixture.result(lease, Probe.UNUSED)))
                .isEqualTo(Status.OK);
        assertThat(status(store, claimed.epoch(), new StoreCommand.Close(Duration.ZERO)))
                .isEqualTo(Status.CLOSED);
        assertThat(status(store, 0, StoreFixture.RELEASE)).isEqualTo(Status.OK);
        admin.flush();
        assertThat(status(store, claimed.epoch(), new Restore(claimed.state()))).isEqualTo(Status.RESTORED);
        assertThat(status(store, 0, StoreFixture.RESET)).isEqualTo(Status.OK);
        assertThat(StoreFixture.answered(store.newestEpoch(SHARD))).isPresent();
        assertThat(StoreFixture.answered(store.changesSince(SHARD, 1))).hasSize(1);
        assertThat(StoreFixture.answered(store.epochs(SHARD, List.of(BREAKER)))).hasSize(1);
        await().until(() -> listening.messages.get() >= 5);
    }

    private static Status status(FleetStore store, long epoch, StoreCommand command) {
        return StoreFixture.answered(store.act(BREAKER, epoch, command)).status();
    }

    private static final class Listening implements StoreListener {

        final AtomicInteger messages = new AtomicInteger();

        @Override
        public void changed(StateMessage message) {
            messages.incrementAndGet();
        }

        @Override
        public void nonsense(InvalidStoreDataException problem) {
            throw problem;
        }

        @Override
        public void muted() {}

        @Override
        public void lost() {}
    }

    @Test
    void allowNothingElse() {
        RedisClient client = RedisClient.create(address.uris().get(0));
        RedisCommands<String, String> redis = client.connect().sync();
        List<Consumer<RedisCommands<String, String>>> forbidden = List.of(
                RedisCommands::flushall,
                each -> each.keys("*"),
                each -> each.get("x"),
                each -> each.configGet("*"),
                each -> each.hgetall("secret"),
                each -> each.publish("other", "x"),
                each -> each.eval("return redis.call('HGETALL', 'secret')", ScriptOutputType.MULTI),
                RedisCommands::scriptFlush,
                each -> each.clusterReset(false));
        assertThat(forbidden)
                .allSatisfy(each -> assertThatExceptionOfType(RedisCommandExecutionException.class)
                        .isThrownBy(() -> each.accept(redis))
                        .withMessageMatching("(?s).*(NOPERM|permission|ACL|can't access at least one of the keys).*"));
        client.shutdown(0, 0, TimeUnit.SECONDS);
    }
}
