package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the scripts publish on the fleet's channel, as a real server sends it, to be handed on when a scenario says so. */
final class ScenarioMessages implements AutoCloseable {

    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private final RedisClient client = RedisClient.create(TestRedis.uri());
    private final StatefulRedisPubSubConnection<String, String> connection = client.connectPubSub();
    private final RedisClusterCommands<String, String> commands;
    private final String channel;
    private int marks;

    /** @param commands the connection over which the scripts run, so that they and the marks of this class keep their order */
    ScenarioMessages(RedisClusterCommands<String, String> commands, String channel) {
        this.commands = commands;
        this.channel = channel;
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String of, String text) {
                arrived.add(text);
            }
        });
        connection.sync().subscribe(channel);
    }

    /** Returns what was published since the last time, once all of it has come. */
    List<String> published() {
        marks++;
        String mark = "mark " + marks;
        commands.publish(channel, mark);
        List<String> texts = new ArrayList<>();
        for (String text = next(); !mark.equals(text); text = next()) {
            texts.add(text);
        }
        return texts;
    }

    private @Nullable String next() {
        try {
            String text = arrived.poll(10, TimeUnit.SECONDS);
            assertThat(text).as("a message of the server").isNotNull();
            return text;
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(0, 0, TimeUnit.SECONDS);
    }
}
