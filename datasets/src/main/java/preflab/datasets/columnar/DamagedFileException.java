package preflab.datasets.columnar;

import java.io.IOException;

/** The file cannot be read as what it is: cut off, altered, or made of parts this program does not know. */
public final class DamagedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    public DamagedFileException(String message) {
        super(message);
    }

    DamagedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
