package dev.resilience;

import java.util.concurrent.ThreadFactory;

/** Virtual threads, which the byte code of Java 17 cannot name. */
public final class VirtualThreads {

    /** Whether this Java has them. */
    public static final boolean EXIST = Runtime.version().feature() >= 21;

    private VirtualThreads() {}

    /** Returns a factory of virtual threads where this Java has them, else of platform threads. */
    public static ThreadFactory factoryOrPlatform() {
        if (!EXIST) {
            return Thread::new;
        }
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
        } catch (ReflectiveOperationException missing) {
            throw new LinkageError("A Java of this version has virtual threads", missing);
        }
    }
}
