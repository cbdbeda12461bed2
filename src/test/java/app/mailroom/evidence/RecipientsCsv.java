package app.mailroom.evidence;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A list of recipients as a file: six columns, addresses in an order that no index likes, quotation marks and Hangul. */
public final class RecipientsCsv {
    /** The header's names. */
    public static final String HEADER = "email,name,city,amount,coupon,tier";

    /** Without a factor in common with a power of ten, so that every number comes once. */
    private static final long SCATTER = 7_368_787;

    private RecipientsCsv() {}

    /** Writes a file of so many rows, a power of ten. */
    public static Path write(Path file, int rows, Random random) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER + "\n");
            for (int i = 0; i < rows; i++) {
                out.write("user%07d@example.com,김민준 %d,\"New York, NY\",%d.%02d,C-%08d,%s\n"
                        .formatted(
                                i * SCATTER % rows,
                                i % 97,
                                random.nextInt(100_000),
                                random.nextInt(100),
                                random.nextInt(100_000_000),
                                i % 3 == 0 ? "" : "gold"));
            }
        }
        return file;
    }
}
