package app.mailroom.account;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.time.Duration;
import java.util.Arrays;

/** Fetches the picture of somebody who has signed in from where Google says that it lies. */
final class Picture {
    private static final int MOST_BYTES = 256 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How every PNG begins (ISO/IEC 15948, section 5.2). */
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    /** How every JPEG begins: start of image, then another marker (ITU-T T.81, section B.1.1.3). */
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};

    private Picture() {}

    /**
     * The PNG or JPEG that lies there, up to 256 KB. Is not led elsewhere, sends no cookies, and gives up after about ten
     * seconds.
     *
     * @throws IOException when there is none, or it cannot be had
     */
    static byte[] at(String address) throws IOException {
        if (!GoogleClient.isSafe(address)) {
            throw new IOException("the picture does not lie at an https address");
        }
        URLConnection connection = URI.create(address).toURL().openConnection();
        if (!(connection instanceof HttpURLConnection http)) {
            throw new IOException("the picture is not to be had by HTTP");
        }
        int millis = Math.toIntExact(PATIENCE.toMillis());
        http.setConnectTimeout(millis);
        http.setReadTimeout(millis);
        http.setInstanceFollowRedirects(false);
        http.setUseCaches(false);
        try {
            if (http.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("HTTP " + http.getResponseCode());
            }
            try (InputStream body = http.getInputStream()) {
                return checked(read(body));
            }
        } finally {
            http.disconnect();
        }
    }

    /** Whoever sends a byte now and then does not keep it longer than it waits for one. */
    private static byte[] read(InputStream body) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        byte[] bytes = new byte[MOST_BYTES + 1];
        int length = 0;
        int more = 0;
        while (more >= 0 && length <= MOST_BYTES) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("it takes too long");
            }
            more = body.read(bytes, length, bytes.length - length);
            length += Math.max(more, 0);
        }
        if (length > MOST_BYTES) {
            throw new IOException("it is larger than " + MOST_BYTES + " bytes");
        }
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] checked(byte[] bytes) throws IOException {
        if (!begins(bytes, PNG) && !begins(bytes, JPEG)) {
            throw new IOException("it is neither PNG nor JPEG");
        }
        return bytes;
    }

    private static boolean begins(byte[] bytes, byte[] how) {
        return bytes.length > how.length && Arrays.equals(bytes, 0, how.length, how, 0, how.length);
    }
}
