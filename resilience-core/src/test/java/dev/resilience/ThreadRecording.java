package dev.resilience;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What Flight Recorder saw of virtual threads: those that started, and those that were pinned to their carriers. */
public record ThreadRecording(List<RecordedEvent> events) {

    /** What to record. */
    public interface Action {
        void run() throws Exception;
    }

    /** Records what an action does, by way of a file. */
    public static ThreadRecording of(Action action, Path file) throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withoutThreshold();
            recording.enable("jdk.VirtualThreadStart");
            recording.start();
            warmUp();
            action.run();
            recording.stop();
            recording.dump(file);
        }
        return new ThreadRecording(read(file));
    }

    /** The first thread that writes an event sets the recorder itself up, and others wait for that as for any class. */
    private static void warmUp() throws InterruptedException {
        Thread first = VirtualThreads.factoryOrPlatform().newThread(() -> {});
        first.start();
        first.join();
    }

    private static List<RecordedEvent> read(Path file) throws IOException {
        return RecordingFile.readAllEvents(file);
    }

    public List<RecordedEvent> pinned() {
        return named("jdk.VirtualThreadPinned");
    }

    public List<RecordedEvent> started() {
        return named("jdk.VirtualThreadStart");
    }

    private List<RecordedEvent> named(String type) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .toList();
    }
}
