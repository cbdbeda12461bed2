package app.mailroom.recipients;

import java.io.IOException;
import java.time.Clock;

/** Goes through the records of a source once, and says now and then how far it is. */
final class ImportReading {
    private static final int ROWS_BETWEEN_LOOKS = 512;
    private static final long MILLIS_BETWEEN_REPORTS = 100;

    private final RecipientFile file;
    private final Progress progress;
    private final Clock clock;
    private long reported;

    ImportReading(RecipientFile file, Progress progress, Clock clock) {
        this.file = file;
        this.progress = progress;
        this.clock = clock;
    }

    /** Takes the records, and puts down what it took whenever it is full. */
    interface Taking {
        void add(FileRecord row);

        boolean isFull();

        void flush();
    }

    /** Hands over every record that is not blank, without the names of the columns. */
    void into(Taking taking) throws IOException, RecipientFileException, ImportCancelledException {
        long read = 0;
        boolean header = file.named();
        try (Records records = file.open()) {
            for (FileRecord row = records.next(); row != null; row = records.next()) {
                if (row.isBlank()) {
                    continue;
                }
                if (header) {
                    header = false;
                    continue;
                }
                taking.add(row);
                read++;
                if (read % ROWS_BETWEEN_LOOKS == 0 || taking.isFull()) {
                    stopIfAsked();
                    if (clock.millis() - reported >= MILLIS_BETWEEN_REPORTS) {
                        reported = clock.millis();
                        progress.at(read, records.bytesRead(), file.size());
                    }
                }
                if (taking.isFull()) {
                    taking.flush();
                }
            }
        }
        stopIfAsked();
        taking.flush();
        stopIfAsked();
        progress.at(read, file.size(), file.size());
    }

    private void stopIfAsked() throws ImportCancelledException {
        if (progress.cancelled()) {
            throw new ImportCancelledException();
        }
    }
}
