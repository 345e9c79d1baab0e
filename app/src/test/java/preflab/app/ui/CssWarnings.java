package preflab.app.ui;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Everything the toolkit says about style sheets it does not understand. The goal is that it says nothing. */
public final class CssWarnings {

    private static final List<String> HEARD = new CopyOnWriteArrayList<>();
    /** Kept, because a logger nobody holds is collected together with its handlers. */
    private static final Logger LOGGER = Logger.getLogger("javafx.css");

    private CssWarnings() {
    }

    static void listen() {
        LOGGER.addHandler(new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                    HEARD.add(entry.getMessage());
                }
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        });
    }

    public static List<String> heard() {
        return List.copyOf(HEARD);
    }
}
