package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/** Asks a name server on this computer, over the wire. */
class DnsRecordsTest {
    private final Map<Name, List<Record>> zone = new ConcurrentHashMap<>();
    private volatile int errorCode = Rcode.NOERROR;
    private volatile boolean silent;
    private DatagramSocket socket;

    @BeforeEach
    void serve() throws Exception {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::answerAll, "name-server");
        server.setDaemon(true);
        server.start();
    }

    @AfterEach
    void stop() {
        socket.close();
    }

    @Test
    void everyTextIsOneWholeHoweverItIsCutOnTheWire() throws Exception {
        put("_dmarc.example.com", txt("_dmarc.example.com", "v=DMARC1; ", "p=none; rua=mailto:news@example.com"));
        put("two.example.com", txt("two.example.com", "one"), txt("two.example.com", "other"));

        assertThat(records().texts("_dmarc.example.com"))
                .containsExactly("v=DMARC1; p=none; rua=mailto:news@example.com");
        assertThat(records().texts("two.example.com")).containsExactlyInAnyOrder("one", "other");
    }

    @Test
    void anotherNameForItIsFollowed() throws Exception {
        Name alias = name("_dmarc.shop.example.com");
        put("_dmarc.shop.example.com", new CNAMERecord(alias, DClass.IN, 60, name("_dmarc.example.net")));
        put("_dmarc.example.net", txt("_dmarc.example.net", "v=DMARC1; p=reject"));

        assertThat(records().texts("_dmarc.shop.example.com")).containsExactly("v=DMARC1; p=reject");
    }

    @Test
    void aNameThatDoesNotExistOrHasNoTextHasNone() throws Exception {
        put("empty.example.com");

        assertThat(records().texts("nowhere.example.com")).isEmpty();
        assertThat(records().texts("empty.example.com")).isEmpty();
    }

    @Test
    void aServerInTroubleIsNotTakenForOneThatKnowsNothing() {
        errorCode = Rcode.SERVFAIL;

        assertThatThrownBy(() -> records().texts("example.com")).isInstanceOf(IOException.class);
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() {
        silent = true;

        assertThatThrownBy(() -> records(Duration.ofMillis(200)).texts("example.com"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoNameIsSaid() {
        assertThatThrownBy(() -> records().texts("a..b")).isInstanceOf(IOException.class);
    }

    private DnsRecords records() {
        return records(Duration.ofSeconds(20));
    }

    private DnsRecords records(Duration patience) {
        return new DnsRecords(
                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort())), patience);
    }

    private void put(String name, Record... found) throws TextParseException {
        zone.put(name(name), List.of(found));
    }

    private static Record txt(String name, String... pieces) throws TextParseException {
        return new TXTRecord(name(name), DClass.IN, 60, Arrays.asList(pieces));
    }

    private static Name name(String name) throws TextParseException {
        return Name.fromString(name + ".");
    }

    private void answerAll() {
        byte[] bytes = new byte[4096];
        while (true) {
            try {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                socket.receive(packet);
                if (!silent) {
                    byte[] answer = answer(new Message(Arrays.copyOf(bytes, packet.getLength())))
                            .toWire();
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Message answer(Message question) {
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question.getQuestion(), Section.QUESTION);
        List<Record> found = zone.get(question.getQuestion().getName());
        answer.getHeader().setRcode(found == null && errorCode == Rcode.NOERROR ? Rcode.NXDOMAIN : errorCode);
        if (found != null && errorCode == Rcode.NOERROR) {
            found.forEach(record -> answer.addRecord(record, Section.ANSWER));
        }
        return answer;
    }
}
