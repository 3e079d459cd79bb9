package dev.resilience.spring.shared;

import static java.util.stream.Collectors.groupingBy;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ScoredValueListOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The store over a connection of Lettuce, to one server or to a cluster. */
final class LettuceStore implements FleetStore {

    private final RedisClusterAsyncCommands<String, String> commands;
    private final StoreSettings settings;
    private final StoreKeys keys;
    private final Scripts scripts;
    private final StoreClock clock;
    private final boolean isCluster;

    LettuceStore(
            RedisClusterAsyncCommands<String, String> commands,
            StoreSettings settings,
            Scripts scripts,
            StoreClock clock,
            boolean isCluster) {
        this.commands = commands;
        this.settings = settings;
        this.keys = new StoreKeys(settings.namespace());
        this.scripts = scripts;
        this.clock = clock;
        this.isCluster = isCluster;
    }

    @Override
    public CompletionStage<StoreAnswer> act(String breaker, long knownEpoch, StoreCommand command) {
        requireShareable(breaker);
        List<Object> arguments = new ArrayList<>();
        arguments.add(breaker);
        arguments.add(keys.channel());
        arguments.add(settings.stateTtl().toMillis());
        arguments.add(settings.node());
        arguments.add(knownEpoch);
        arguments.addAll(command.arguments());
        return run(command.script(), keys.of(breaker), arguments)
                .thenApply(Replies::answer)
                .thenApply(answer -> {
                    clock.heard(answer.now());
                    return answer;
                });
    }

    @Override
    public long time() {
        return clock.now();
    }

    @Override
    public CompletionStage<SyncAnswers> sync(List<SyncDelta> deltas) {
        deltas.forEach(each -> requireShareable(each.breaker()));
        if (!isCluster) {
            return syncTogether(deltas);
        }
        Map<Integer, List<Integer>> byShard = IntStream.range(0, deltas.size())
                .boxed()
                .collect(
                        groupingBy(index -> BreakerNames.shard(deltas.get(index).breaker())));
        SyncAnswer[] answers = new SyncAnswer[deltas.size()];
        CompletionStage<Long> all = CompletableFuture.completedStage(0L);
        for (List<Integer> indexes : byShard.values()) {
            CompletionStage<Long> one = syncTogether(
                            indexes.stream().map(deltas::get).toList())
                    .thenApply(part -> {
                        IntStream.range(0, indexes.size())
                                .forEach(i ->
                                        answers[indexes.get(i)] = part.answers().get(i));
                        return part.now();
                    });
            all = all.thenCombine(one, Math::max);
        }
        return all.thenApply(now -> new SyncAnswers(now, List.of(answers)));
    }

    private CompletionStage<SyncAnswers> syncTogether(List<SyncDelta> deltas) {
        String[] all = deltas.stream()
                .flatMap(each -> Stream.of(keys.ofSums(each.breaker())))
                .toArray(String[]::new);
        List<Object> arguments = new ArrayList<>();
        arguments.add(settings.node());
        for (SyncDelta each : deltas) {
            arguments.addAll(List.of(each.knownEpoch(), each.calls(), each.failures(), each.slow()));
            arguments.addAll(List.of(each.duration().toMillis(), each.busy().toMillis()));
            arguments.addAll(List.of(each.bucket().toMillis(), each.noting().written()));
        }
        return run(Scripts.SYNC, all, arguments).thenApply(reply -> Replies.sums(reply, deltas.size()));
    }

    @Override
    public CompletionStage<Beat> beat() {
        List<Object> arguments = List.of(settings.node(), settings.aliveTtl().toMillis());
        return run(Scripts.BEAT, new String[] {keys.nodes()}, arguments).thenApply(Replies::beat);
    }

    @Override
    public CompletionStage<Void> leave() {
        return send(() -> commands.zrem(keys.nodes(), settings.node())).thenAccept(counted -> {});
    }

    @Override
    public CompletionStage<List<LogEntry>> changesSince(int shard, long epoch) {
        return range(new CommandArgs<>(StringCodec.UTF8)
                        .addKey(keys.log(shard))
                        .add(epoch)
                        .add(clock.latest())
                        .add("BYSCORE")
                        .add("WITHSCORES"))
                .thenApply(Replies::log);
    }

    @Override
    public CompletionStage<OptionalLong> newestEpoch(int shard) {
        return range(new CommandArgs<>(StringCodec.UTF8)
                        .addKey(keys.log(shard))
                        .add(clock.latest())
                        .add(1)
                        .add("BYSCORE")
                        .add("REV")
                        .add("LIMIT")
                        .add(0)
                        .add(1)
                        .add("WITHSCORES"))
                .thenApply(newest -> newest.stream()
                        .filter(each -> Replies.isEpoch(each.getScore()))
                        .mapToLong(each -> Math.round(each.getScore()))
                        .findFirst());
    }

    @Override
    public CompletionStage<Map<String, Long>> epochs(int shard, List<String> breakers) {
        breakers.forEach(LettuceStore::requireShareable);
        if (breakers.isEmpty()) {
            return CompletableFuture.completedStage(Map.of());
        }
        return ofLog(send(() -> commands.zmscore(keys.log(shard), breakers.toArray(String[]::new))), List.of())
                .thenApply(scores -> {
                    Map<String, Long> epochs = new LinkedHashMap<>();
                    for (int i = 0; i < scores.size(); i++) {
                        Double score = scores.get(i);
                        if (score != null && Replies.isEpoch(score) && score <= clock.latest()) {
                            epochs.put(breakers.get(i), score.longValue());
                        }
                    }
                    return epochs;
                });
    }

    /** ZRANGEBYSCORE and its like are deprecated, and not among the commands that the protocol asks for. */
    private CompletionStage<List<ScoredValue<String>>> range(CommandArgs<String, String> arguments) {
        return ofLog(
                send(() -> commands.dispatch(
                        CommandType.ZRANGE, new ScoredValueListOutput<>(StringCodec.UTF8), arguments)),
                List.of());
    }

    /** Something that is no log tells of nothing, until the next change puts a log in its place. */
    private static <T> CompletionStage<T> ofLog(CompletionStage<T> read, T nothing) {
        return read.exceptionallyCompose(problem -> isOfAnotherType(problem)
                ? CompletableFuture.completedStage(nothing)
                : CompletableFuture.failedStage(problem));
    }

    private static boolean isOfAnotherType(Throwable problem) {
        return cause(problem) instanceof RedisCommandExecutionException refused
                && String.valueOf(refused.getMessage()).startsWith("WRONGTYPE");
    }

    /** Runs a script by its digest; a server that has never seen it, or forgot it in a restart, gets its text. */
    private CompletionStage<List<Object>> run(String name, String[] scriptKeys, List<Object> arguments) {
        Script script = scripts.named(name);
        String[] values = arguments.stream().map(Object::toString).toArray(String[]::new);
        return LettuceStore.<List<Object>>send(
                        () -> commands.evalsha(script.digest(), ScriptOutputType.MULTI, scriptKeys, values))
                .exceptionallyCompose(problem -> isUnknownScript(problem)
                        ? send(() -> commands.eval(script.text(), ScriptOutputType.MULTI, scriptKeys, values))
                        : CompletableFuture.failedStage(problem));
    }

    private static boolean isUnknownScript(Throwable problem) {
        return cause(problem) instanceof RedisNoScriptException;
    }

    private static @Nullable Throwable cause(Throwable problem) {
        return problem instanceof CompletionException wrapped ? wrapped.getCause() : problem;
    }

    /** A full queue and a closed connection are told by an exception here and by a failed future there. */
    private static <T> CompletionStage<T> send(Supplier<? extends CompletionStage<T>> command) {
        try {
            return command.get();
        } catch (RedisException refused) {
            return CompletableFuture.failedStage(refused);
        }
    }

    private static void requireShareable(String breaker) {
        if (!BreakerNames.canBeShared(breaker)) {
            throw new IllegalArgumentException(
                    "Invalid breaker (%s): must be 1 to 200 bytes of UTF-8 without control characters"
                            .formatted(Printable.blanked(breaker)));
        }
    }
}
