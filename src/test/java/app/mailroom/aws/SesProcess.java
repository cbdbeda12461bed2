package app.mailroom.aws;

import app.mailroom.evidence.Ground;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@link SesStub} as a process of its own, so that what it costs is not counted with a client, nor the other way round. It keeps
 * no request, and ends with the process that started it. Used by one thread.
 */
public final class SesProcess implements AutoCloseable {
    private static final String LATENCY = "latency";
    private static final String RATE = "rate";
    private static final String ARRIVALS = "arrivals";
    private static final String REPEATED = "repeated";
    private static final long QUOTA = 100_000_000;

    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;
    private final String endpoint;

    private SesProcess(Process process) throws IOException {
        this.process = process;
        commands = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII), true);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        endpoint = answer();
    }

    /** Starts one, which accepts every mail at once. */
    public static SesProcess start(Ground ground) throws IOException {
        return new SesProcess(new ProcessBuilder(ground.java(List.of("-Xmx512m"), SesProcess.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Its address, as an SDK's endpoint. */
    public String endpoint() {
        return endpoint;
    }

    /** How long every request to send takes from now on. */
    public void latency(Duration each) throws IOException {
        ask(LATENCY + " " + each.toMillis());
    }

    /** The rate that the account is said to have, in mails a second. The service itself refuses nothing. */
    public void rate(int perSecond) throws IOException {
        ask(RATE + " " + perSecond);
    }

    /** When each request to send arrived since this was last asked, in nanoseconds of that process, rising. */
    public long[] arrivals() throws IOException {
        String said = ask(ARRIVALS);
        return said.isEmpty()
                ? new long[0]
                : Arrays.stream(said.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    /** How many messages of ours were accepted more than once since it was started. */
    public int repeated() throws IOException {
        return Integer.parseInt(ask(REPEATED));
    }

    @Override
    public void close() {
        commands.close();
        process.destroy();
    }

    private String ask(String command) throws IOException {
        commands.println(command);
        return answer();
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the process that stands in for SES has ended");
        }
        return line;
    }

    /** Says its address, and answers one line to each line that it is told, until there are no more. */
    public static void main(String[] args) throws IOException {
        try (SesStub ses = SesStub.start()) {
            ses.keepRequests(false);
            System.out.println(ses.endpoint());
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            int told = 0;
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                List<String> words = List.of(command.split(" "));
                switch (words.get(0)) {
                    case LATENCY -> {
                        ses.latency(Duration.ofMillis(Long.parseLong(words.get(1))));
                        System.out.println();
                    }
                    case RATE -> {
                        ses.account(Integer.parseInt(words.get(1)), QUOTA, false);
                        System.out.println();
                    }
                    case ARRIVALS -> {
                        List<Long> all = ses.arrivals();
                        System.out.println(all.subList(told, all.size()).stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(" ")));
                        told = all.size();
                    }
                    case REPEATED ->
                        System.out.println(ses.acceptedByTag().entrySet().stream()
                                .filter(tag -> !tag.getKey().isEmpty() && tag.getValue() > 1)
                                .count());
                    default -> throw new IllegalArgumentException(command);
                }
            }
        }
    }
}
