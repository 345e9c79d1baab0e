package preflab.app.task;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** See {@link Work#direct()}. */
enum DirectWork implements Work {
    INSTANCE;

    @Override
    public <T> Handle start(Callable<T> job, Consumer<? super T> done, Consumer<? super Throwable> failed) {
        T result;
        try {
            result = job.call();
        } catch (Exception e) {
            failed.accept(e);
            return () -> {
            };
        }
        done.accept(result);
        return () -> {
        };
    }

    @Override
    public void onWindow(Runnable change) {
        change.run();
    }
}
