package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilience.breaker.BreakerState;
import dev.resilience.spring.shared.StoreAnswer.Status;
import dev.resilience.spring.shared.StoreCommand.Force;
import dev.resilience.spring.shared.StoreCommand.Probe;
import dev.resilience.spring.shared.StoreCommand.Restore;
import dev.resilience.spring.shared.StoreCommand.Tick;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scenarios do not say about the scripts: hostile values, what is left in the store, and how long. */
@Tag("store")
class ScriptsTests {

    private static final int STATE = 0;
    private static final int WINDOW = 1;
    private static final int LEASES = 2;
    private static final int VOTES = 3;
    private static final int LOG = 4;

    /** Another breaker of the same shard: in a cluster the clock of the tests is in the slot of one. */
    private static final String NEIGHBOUR = Stream.iterate(0, number -> number + 1)
            .map(number -> StoreFixture.BREAKER + number)
            .filter(name -> BreakerNames.shard(name) == BreakerNames.shard(StoreFixture.BREAKER))
            .findFirst()
            .orElseThrow();

    private final StoreFixture store = new StoreFixture();
    private final String[] keys = store.keys.of(StoreFixture.BREAKER);

    @AfterEach
    void close() {
        store.close();
    }

    private static Force force(String actor, String reason) {
        return StoreFixture.force(BreakerState.FORCED_CLOSED, actor, reason);
    }

    private static SyncDelta delta(String breaker, long epoch) {
        return new SyncDelta(
                breaker,
                epoch,
                1,
                1,
                0,
                Duration.ofMillis(10),
                Duration.ofMillis(10),
                Duration.ofMillis(100),
                SyncDelta.Noting.IF_IT_FAILED);
    }

    private SyncAnswer sync(String breaker, long epoch) {
        return StoreFixture.answered(store.node("A").sync(List.of(delta(breaker, epoch))))
                .answers()
                .get(0);
    }

    @Test
    void letOnlyOneOfTwoOpenTheBreaker() {
        StoreAnswer first = store.act("A", 0, StoreFixture.open(1));
        StoreAnswer second = store.act("B", 0, StoreFixture.open(1));
        assertThat(first.status()).isEqualTo(Status.OPENED);
        assertThat(second.status()).isEqualTo(Status.STALE);
        assertThat(second.state()).isEqualTo(first.state());
    }

    @Test
    void takeNoProposalThatWasDecidedOnAnEarlierState() {
        store.act("A", 0, StoreFixture.RESET);
        assertThat(store.status("B", 0, StoreFixture.open(1))).isEqualTo(Status.STALE);
    }

    @Test
    void grantNoMoreLeasesThanMayRunAtOnce() {
        long epoch = store.halfOpen().epoch();
        assertThat(store.status("B", epoch, StoreFixture.claim(5, 1000))).isEqualTo(Status.NONE);
        assertThat(store.redis.zcard(keys[LEASES])).isEqualTo(1);
    }

    @Test
    void grantNoMoreLeasesThanThereArePlaces() {
        StoreAnswer round = store.halfOpen();
        List<String> nodes = List.of("A", "B", "C", "D", "E", "F", "G", "H");
        String lease = round.leases().get(0);
        store.act("A", round.epoch(), StoreFixture.result(lease, Probe.SUCCESS));
        int granted = 1;
        for (String node : nodes) {
            store.advance(1);
            List<String> leases =
                    store.act(node, round.epoch(), StoreFixture.claim(5, 1000)).leases();
            granted += leases.size();
        }
        assertThat(granted).isEqualTo(3);
    }

    @Test
    void forgetALeaseThatRanOut() {
        StoreAnswer round = store.halfOpen();
        store.advance(1000);
        String lease = round.leases().get(0);
        StoreAnswer late = store.act("A", round.epoch(), StoreFixture.result(lease, Probe.FAILURE));
        assertThat(late.status()).isEqualTo(Status.STALE);
        assertThat(late.state().failed()).isZero();
    }

    @Test
    void leaveNoLeaseOfANodeBehindTheirRound() {
        StoreAnswer round = store.halfOpen();
        assertThat(store.fields()).contains("h:A");
        store.act("A", round.epoch(), StoreFixture.RESET);
        assertThat(store.fields()).noneMatch(field -> field.startsWith("h:"));
        assertThat(store.redis.exists(keys[LEASES])).isZero();
    }

    @Test
    void restoreNothingOverALaterState() {
        FleetState old = store.act("A", 0, force("alice", "why")).state();
        StoreAnswer later = store.act("B", 0, StoreFixture.RESET);
        StoreAnswer answer = store.act("A", old.epoch(), new Restore(old));
        assertThat(answer.status()).isEqualTo(Status.STALE);
        assertThat(answer.epoch()).isEqualTo(later.epoch());
    }

    @Test
    void restoreNothingOverWhatTheLogRemembers() {
        FleetState old = store.act("A", 0, force("alice", "why")).state();
        store.act("B", 0, StoreFixture.RESET);
        store.redis.del(keys[STATE]);
        assertThat(store.status("A", old.epoch(), new Restore(old))).isEqualTo(Status.STALE);
        assertThat(store.act("A", 0, new Tick()).state()).isNull();
    }

    @Test
    void keepWhoForcedAndWhyOverALoss() {
        FleetState lost = store.act("A", 0, force("alice", "why")).state();
        store.flush();
        StoreAnswer answer = store.act("B", lost.epoch(), new Restore(lost));
        assertThat(answer.status()).isEqualTo(Status.RESTORED);
        assertThat(answer.epoch()).isGreaterThan(lost.epoch());
        assertThat(answer.state().orderedBy()).isEqualTo("alice");
        assertThat(answer.state().orderReason()).isEqualTo("why");
    }

    static Map<String, String> fields(String written) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : written.split(" ", -1)) {
            fields.put(pair.substring(0, pair.indexOf(':')), pair.substring(pair.indexOf(':') + 1));
        }
        return fields;
    }

    @ParameterizedTest
    @CsvSource({
        "v:1 s:OPEN e:nan r:5, CORRUPT",
        "v:1 s:OPEN e:-5, CORRUPT",
        "v:1 s:OPEN e:0, CORRUPT",
        "v:1 s:OPEN r:5, CORRUPT",
        "v:1 s:EVIL e:5, CORRUPT",
        "v:1 e:5, CORRUPT",
        "v:1 s:OPEN e:5 r:1e999, CORRUPT",
        "v:1 s:OPEN e:0x10 r:5, CORRUPT",
        "v:1 s:OPEN e:9007199254740992 r:5, CORRUPT",
        "v:1 s:OPEN e:5 r:5 pt:1.5, CORRUPT",
        "s:OPEN e:5 r:5, CORRUPT",
        "v:one s:OPEN e:5 r:5, CORRUPT",
        "v:2 s:OPEN e:5 r:5, VERSION"
    })
    void refuseAStateThatNobodyWouldHaveWritten(String written, Status status) {
        Map<String, String> fields = fields(written);
        store.write(fields);
        assertThat(store.status("A", 5, new Tick())).isEqualTo(status);
        assertThat(store.status("A", 5, StoreFixture.open(1))).isEqualTo(status);
        assertThat(store.status("A", 5, StoreFixture.claim(1, 1000))).isEqualTo(status);
        assertThat(store.redis.hgetall(keys[STATE])).isEqualTo(fields);
    }

    @Test
    void refuseAFieldThatIsHuge() {
        store.write(Map.of("v", "1", "s", "OPEN", "e", "5", "r", "7", "zz", "x".repeat(1025)));
        assertThat(store.status("A", 5, new Tick())).isEqualTo(Status.CORRUPT);
    }

    @Test
    void letAnOperatorRepairAKeyOfAnotherType() {
        store.redis.set(keys[STATE], "junk");
        assertThat(store.status("A", 0, new Tick())).isEqualTo(Status.CORRUPT);
        assertThat(sync(StoreFixture.BREAKER, 0)).isEqualTo(new SyncAnswer.Unusable(Status.CORRUPT));
        assertThat(store.act("A", 0, StoreFixture.RESET).breakerState()).isEqualTo(BreakerState.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {WINDOW, LEASES, VOTES, LOG})
    void workOnOverAnyOtherKeyOfAnotherType(int key) {
        store.redis.set(keys[key], "junk");
        assertThat(sync(StoreFixture.BREAKER, 0)).isInstanceOf(SyncAnswer.Sums.class);
        assertThat(store.status("B", 0, StoreFixture.open(2))).isEqualTo(Status.OPENED);
        store.redis.set(keys[key], "junk");
        assertThat(store.status("A", 0, new Tick())).isEqualTo(Status.OK);
        store.advance(1000);
        assertThat(store.status("A", 0, StoreFixture.claim(1, 1000))).isEqualTo(Status.LEASED);
    }

    @Test
    void beginAWindowThatMakesNoSenseAnew() {
        store.redis.hset(keys[WINDOW], "T", "x".repeat(64));
        assertThat(((SyncAnswer.Sums) sync(StoreFixture.BREAKER, 0)).calls()).isEqualTo(1);
    }

    @Test
    void countWhatIsSoundOfABatch() {
        store.write(Map.of("v", "1", "s", "EVIL", "e", "5"));
        SyncAnswers answers = StoreFixture.answered(
                store.node("A").sync(List.of(delta(StoreFixture.BREAKER, 5), delta(NEIGHBOUR, 0))));
        assertThat(answers.answers().get(0)).isEqualTo(new SyncAnswer.Unusable(Status.CORRUPT));
        assertThat(answers.answers().get(1)).isInstanceOf(SyncAnswer.Sums.class);
        store.redis.del(store.keys.of(NEIGHBOUR));
    }

    @Test
    void refuseArgumentsOutOfRangeAndChangeNothing() {
        StoreCommand claim = new StoreCommand.Claim(1, Duration.ZERO, StoreFixture.ROUND, Duration.ZERO);
        assertRefused(claim);
        assertRefused(new StoreCommand.Open("X", 0, Duration.ofSeconds(1), true, StoreFixture.INTERVAL));
        assertRefused(StoreFixture.force(BreakerState.CLOSED, "a", "b"));
        assertThat(store.redis.exists(keys)).isZero();
    }

    private void assertRefused(StoreCommand command) {
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> store.act("A", 0, command))
                .withCauseInstanceOf(RedisCommandExecutionException.class)
                .withMessageContaining("bad argument");
    }

    @Test
    void refuseAResultWithABadIntervalBeforeTheyCountIt() {
        StoreAnswer round = store.halfOpen();
        StoreCommand.Interval bad = new StoreCommand.Interval(Duration.ZERO, 2, Duration.ofMinutes(5), 0, 0);
        String lease = round.leases().get(0);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(
                        () -> store.act("A", round.epoch(), new StoreCommand.Result(lease, Probe.FAILURE, false, bad)));
        assertThat(store.act("A", round.epoch(), StoreFixture.result(lease, Probe.FAILURE))
                        .status())
                .isEqualTo(Status.OK);
    }

    @Test
    void cutLongTextsBetweenCharacters() {
        FleetState forced =
                store.act("A", 0, force("ä".repeat(100), "€".repeat(300))).state();
        assertThat(forced.orderedBy()).isEqualTo("ä".repeat(64));
        assertThat(forced.orderReason()).isEqualTo("€".repeat(200));
    }

    @Test
    void keepFieldsOfNewerVersions() {
        store.write(Map.of("v", "1", "s", "OPEN", "e", "5", "r", "7", "zz", "future"));
        store.act("A", 0, StoreFixture.RESET);
        assertThat(store.redis.hget(keys[STATE], "zz")).isEqualTo("future");
    }

    @Test
    void leaveNothingWithoutAnEnd() {
        store.act("A", 0, StoreFixture.open(2));
        sync(StoreFixture.BREAKER, 0);
        store.act("B", 0, StoreFixture.open(2));
        store.advance(1000);
        store.act("A", 0, StoreFixture.claim(1, 1000));
        for (String key : keys) {
            assertThat(store.redis.pttl(key)).as(key).isNotEqualTo(-1);
        }
    }

    @Test
    void raiseTheEpochAlsoWhenTheClockGoesBack() {
        long ahead = store.now() + 3_600_000;
        store.redis.zadd(keys[LOG], (double) ahead, "other");
        assertThat(store.act("A", 0, StoreFixture.RESET).epoch()).isEqualTo(ahead + 1);
        store.advance(-1000);
        assertThat(store.act("A", 0, StoreFixture.RESET).epoch()).isEqualTo(ahead + 2);
    }

    @Test
    void dropEpochsOfTheLogThatNobodyCanHaveWritten() {
        store.redis.zadd(keys[LOG], 9e15, "evil");
        assertThat(store.act("A", 0, StoreFixture.RESET).epoch()).isEqualTo(store.now());
        assertThat(store.redis.zscore(keys[LOG], "evil")).isNull();
    }
}
