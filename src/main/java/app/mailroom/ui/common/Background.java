package app.mailroom.ui.common;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javafx.concurrent.Task;

/** Work off the JavaFX thread. Results and failures come back on it; a failure nobody handles is told to the person. */
public final class Background implements AutoCloseable {
    private final ExecutorService executor;
    private final Consumer<Throwable> failures;

    /** So many daemon threads of its own, named; failures go to the given place unless the caller handles them. */
    public Background(String name, int threads, Consumer<Throwable> failures) {
        this.failures = failures;
        AtomicInteger number = new AtomicInteger();
        this.executor = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Work with an answer. */
    public <T> void get(Callable<T> work, Consumer<T> done) {
        get(work, done, failures);
    }

    /** Work with an answer and its own handling of failures. */
    public <T> void get(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        start(
                new Task<T>() {
                    @Override
                    protected T call() throws Exception {
                        return work.call();
                    }
                },
                done,
                failed);
    }

    /** Work without an answer. */
    public void run(Work work, Runnable done) {
        run(work, done, failures);
    }

    /** Work without an answer, with its own handling of failures. */
    public void run(Work work, Runnable done, Consumer<Throwable> failed) {
        get(
                () -> {
                    work.run();
                    return Boolean.TRUE;
                },
                ignored -> done.run(),
                failed);
    }

    /** A task that reports progress and can be cancelled. */
    public <T> void start(Task<T> task, Consumer<T> done, Consumer<Throwable> failed) {
        task.setOnSucceeded(event -> done.accept(task.getValue()));
        task.setOnFailed(event -> failed.accept(task.getException()));
        if (!executor.isShutdown()) {
            executor.execute(task);
        }
    }

    /** Tells the person about a failure. */
    public void tell(Throwable failure) {
        failures.accept(failure);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** Work that may fail. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws Exception;
    }
}
