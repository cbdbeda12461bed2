package app.mailroom.app;

import app.mailroom.delivery.OutgoingMail;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.Report;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * nodemailer's transport for SES, as many use it. The present one leaves pace and number of connections to whoever calls it; the
 * last one with a limit of its own is version 6, which is installed beside it.
 */
final class NodeMailer {
    /** Which of the two. */
    enum Version {
        PRESENT("nodemailer"),
        WITH_RATE("nodemailer-with-rate");

        private final String module;

        Version(String module) {
            this.module = module;
        }
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long INSTALLING_MINUTES = 2;
    private static final long SENDING_MINUTES = 5;

    private final Path node;
    private final Path folder;

    private NodeMailer(Path node, Path folder) {
        this.node = node;
        this.folder = folder;
    }

    /** Fetches it into the ground's folder; says in the report why not, if that cannot be done on this computer. */
    static Optional<NodeMailer> install(Ground ground, Report report) throws IOException, InterruptedException {
        Optional<Path> node = Ground.program("node");
        Optional<Path> npm = Ground.program("npm");
        if (node.isEmpty() || npm.isEmpty()) {
            report.note(
                    "nodemailer is left out: this computer has no `node` or no `npm` (package `npm` of Debian and Ubuntu).");
            return Optional.empty();
        }
        Path folder = ground.folder("node");
        Path sources = ground.project().resolve("src/test/node");
        for (String file : List.of("package.json", "ses-sending.mjs")) {
            Files.copy(sources.resolve(file), folder.resolve(file));
        }
        Process install = new ProcessBuilder(
                        npm.get().toString(), "install", "--no-package-lock", "--no-audit", "--no-fund")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("npm.log").toFile())
                .start();
        if (!ended(install, INSTALLING_MINUTES)) {
            report.note("nodemailer is left out: `npm install` could not fetch it.");
            return Optional.empty();
        }
        return Optional.of(new NodeMailer(node.get(), folder));
    }

    /**
     * Sends a mail so many times from a process of its own.
     *
     * @param atOnce how many may be under way
     * @param rate mails a second, which only {@link Version#WITH_RATE} keeps
     * @param idleMillis how long it rests in the middle of it
     * @return how many microseconds of the processor each mail took
     */
    double send(Version version, String endpoint, OutgoingMail mail, int times, int atOnce, int rate, long idleMillis)
            throws IOException, InterruptedException {
        Path order = folder.resolve("order.json");
        Path said = folder.resolve("said.json");
        MAPPER.writeValue(
                order.toFile(),
                Map.of(
                        "module", version.module,
                        "endpoint", endpoint,
                        "times", times,
                        "atOnce", atOnce,
                        "rate", rate,
                        "idleMillis", idleMillis,
                        "mail",
                                Map.of(
                                        "from", mail.from(),
                                        "subject", mail.subject(),
                                        "html", mail.html(),
                                        "text", mail.text(),
                                        "list", mail.headers().get(0).value())));
        ProcessBuilder builder = new ProcessBuilder(node.toString(), "ses-sending.mjs", order.toString())
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(said.toFile());
        // The SDK says at each start how long it will know this version of Node.
        builder.environment().put("NODE_NO_WARNINGS", "1");
        Process sending = builder.start();
        if (!ended(sending, SENDING_MINUTES)) {
            throw new IOException("nodemailer did not come to its end");
        }
        JsonNode answer = MAPPER.readTree(said.toFile());
        return answer.path("cpuMicros").asDouble() / times;
    }

    private static boolean ended(Process process, long minutes) throws InterruptedException {
        if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            return false;
        }
        return process.exitValue() == 0;
    }
}
