package app.mailroom.evidence;

import java.io.IOException;
import java.util.List;

/** Something of the program that reads what others wrote, as bad input is tried on it. Used by one thread at a time. */
public interface InputReader extends AutoCloseable {
    /** What is read. */
    String name();

    /** Inputs that are good, to be made bad. */
    List<byte[]> corpus();

    /** Words that mean something to it. */
    List<String> words();

    /** Inputs that are bad by their size or depth. */
    List<byte[]> extremes();

    /**
     * Reads an input and says in a word what came of it, such as {@code taken} or the code of a refusal. Whatever it throws is a
     * fault of the program: a crash, or something lost on the way.
     */
    String read(byte[] input) throws Exception;

    @Override
    default void close() throws IOException {}
}
