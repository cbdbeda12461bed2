package app.mailroom.aws;

import app.mailroom.outcome.OutcomeQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/**
 * The SQS queue in which SES's events arrive. While it is full, several hands receive and delete at once. What was
 * received is kept hidden for as long as it takes: a thread of its own extends that again and again. Several
 * processes may receive from one queue. See “Amazon SQS short and long polling” and “Amazon SQS visibility timeout”
 * in the SQS developer guide.
 */
final class SqsOutcomeQueue implements OutcomeQueue {
    private static final Logger log = LoggerFactory.getLogger(SqsOutcomeQueue.class);

    /** The most that one call may carry. */
    private static final int BATCH = 10;
    /**
     * From this many on, another receive is worth its while. A receive that does not wait asks only some of SQS's
     * servers, so a batch that is not full does not mean that the queue is empty.
     */
    private static final int WORTHWHILE = BATCH / 2;
    /** The most that are handed out at once. */
    private static final int ENOUGH = 500;

    private static final int HANDS = 8;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration VISIBILITY = Duration.ofSeconds(60);
    private static final Duration BACK_AFTER = Duration.ofSeconds(5);

    private final SqsClient client;
    private final String queueUrl;
    private final Duration visibility;
    private final SqsHands hands = new SqsHands(HANDS);
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Receipt handles of what was received and is neither deleted nor given back. */
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    /** The client's patience with an answer must exceed 20 seconds. It is closed together with this queue. */
    SqsOutcomeQueue(SqsClient client, String queueUrl) {
        this(client, queueUrl, VISIBILITY);
    }

    /** visibility is after how many seconds what this process received comes again once this process has died. */
    SqsOutcomeQueue(SqsClient client, String queueUrl, Duration visibility) {
        this.client = client;
        this.queueUrl = queueUrl;
        this.visibility = visibility;
        Thread extender = new Thread(this::extendUntilClosed, "sqs-visibility");
        extender.setDaemon(true);
        extender.start();
    }

    /**
     * {@inheritDoc} Waits 20 seconds at the most and returns as soon as something is there: a few messages, or up to
     * 500 while the queue is full.
     *
     * @throws AmazonException when SQS cannot be asked, or says no
     */
    @Override
    public List<Received> receive() throws AmazonException, InterruptedException {
        if (queueUrl.isBlank()) {
            throw new AmazonException(AmazonException.Code.NOT_FOUND, "no event queue is set up", null);
        }
        List<Received> first;
        try {
            first = isClosed() ? List.of() : receive(LONGEST_WAIT);
        } catch (AbortedException e) {
            boolean interrupted = Thread.interrupted();
            log.debug("The thread was interrupted (mark set: {})", interrupted, e);
            throw new InterruptedException("interrupted while receiving events");
        } catch (RuntimeException e) {
            if (isClosed()) {
                return List.of();
            }
            throw amazon("receiving events", e);
        }
        return first.size() < WORTHWHILE ? first : withMore(first);
    }

    /**
     * {@inheritDoc} On a closed queue nothing is deleted.
     *
     * @throws AmazonException when SQS cannot be asked, or says no
     */
    @Override
    public void delete(List<Received> received) throws AmazonException {
        try {
            List<Received> left = deleteOnce(received);
            if (!left.isEmpty()) {
                left = deleteOnce(left);
            }
            if (!left.isEmpty()) {
                log.warn("SQS did not delete {} of {} events; they will come again", left.size(), received.size());
            }
        } finally {
            letGo(received);
        }
    }

    /** {@inheritDoc} That is after five seconds or, if SQS cannot be told so, when its time-out is over. */
    @Override
    public void giveBack(List<Received> received) {
        letGo(received);
        Optional<RuntimeException> failure = inTens(handles(received), batch -> {
            int failed = changeVisibility(batch, BACK_AFTER).size();
            log.debug("Gave back {} events, in vain {}", batch.size(), failed);
        });
        if (failure.isPresent() && !isClosed()) {
            log.info("Events that were given back come again only after {}", visibility, failure.get());
        }
    }

    /** {@inheritDoc} What is not deleted by then comes again when its time-out is over. */
    @Override
    public void close() {
        closed.countDown();
        hands.close();
        // Breaks the connection of a receive that waits.
        client.close();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private List<Received> receive(Duration wait) {
        List<Received> received = client
                .receiveMessage(request -> request.queueUrl(queueUrl)
                        .maxNumberOfMessages(BATCH)
                        .waitTimeSeconds((int) wait.toSeconds())
                        .visibilityTimeout((int) visibility.toSeconds()))
                .messages()
                .stream()
                .map(message -> new Received(message.receiptHandle(), message.body()))
                .toList();
        held.addAll(handles(received));
        return received;
    }

    /** A first batch and what the hands add to it. If they fail, what is there is returned all the same. */
    private List<Received> withMore(List<Received> first) {
        Queue<Received> all = new ConcurrentLinkedQueue<>(first);
        AtomicInteger room = new AtomicInteger(ENOUGH - first.size());
        Runnable hand = () -> {
            int came = BATCH;
            while (came >= WORTHWHILE && !isClosed() && room.addAndGet(-BATCH) >= 0) {
                List<Received> more = receive(Duration.ZERO);
                all.addAll(more);
                came = more.size();
            }
        };
        Optional<RuntimeException> failure = hands.together(Collections.nCopies(HANDS, hand));
        if (failure.isPresent() && !isClosed()) {
            log.warn("No more than {} events could be received at once", all.size(), failure.get());
        }
        return List.copyOf(all);
    }

    /** Returns those that SQS says it did not delete. */
    private List<Received> deleteOnce(List<Received> received) throws AmazonException {
        Queue<Received> left = new ConcurrentLinkedQueue<>();
        Optional<RuntimeException> failure = inTens(received, batch -> {
            List<DeleteMessageBatchRequestEntry> entries = IntStream.range(0, batch.size())
                    .mapToObj(i -> DeleteMessageBatchRequestEntry.builder()
                            .id(Integer.toString(i))
                            .receiptHandle(batch.get(i).handle())
                            .build())
                    .toList();
            for (BatchResultErrorEntry failed : client.deleteMessageBatch(
                            request -> request.queueUrl(queueUrl).entries(entries))
                    .failed()) {
                log.debug("SQS did not delete an event: {} {}", failed.code(), failed.message());
                left.add(batch.get(Integer.parseInt(failed.id())));
            }
        });
        if (failure.isPresent() && !isClosed()) {
            throw amazon("deleting events", failure.get());
        }
        return List.copyOf(left);
    }

    /** Returns those handles that SQS refused. */
    private List<String> changeVisibility(List<String> batch, Duration hiddenFor) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = IntStream.range(0, batch.size())
                .mapToObj(i -> ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .receiptHandle(batch.get(i))
                        .visibilityTimeout((int) hiddenFor.toSeconds())
                        .build())
                .toList();
        return client
                .changeMessageVisibilityBatch(
                        request -> request.queueUrl(queueUrl).entries(entries))
                .failed()
                .stream()
                .map(failed -> batch.get(Integer.parseInt(failed.id())))
                .toList();
    }

    /** The time-out is extended every third of it, so that one extension may fail without harm. */
    private void extendUntilClosed() {
        try {
            while (!closed.await(visibility.toMillis() / 3, TimeUnit.MILLISECONDS)) {
                extend();
            }
        } catch (InterruptedException e) {
            log.warn("Nothing extends the time-out of received events any more", e);
        }
    }

    private void extend() {
        Optional<RuntimeException> failure = inTens(List.copyOf(held), batch -> {
            List<String> refused = changeVisibility(batch, visibility);
            // Deleted in the meantime, or received so long ago that SQS would not hear of it any more.
            refused.forEach(held::remove);
        });
        if (failure.isPresent() && !isClosed()) {
            log.warn("Received events may come again: their time-out was not extended", failure.get());
        }
    }

    private void letGo(List<Received> received) {
        handles(received).forEach(held::remove);
    }

    private <T> Optional<RuntimeException> inTens(List<T> all, Consumer<List<T>> call) {
        List<Runnable> calls = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            List<T> batch = all.subList(from, Math.min(all.size(), from + BATCH));
            calls.add(() -> call.accept(batch));
        }
        return isClosed() ? Optional.empty() : hands.together(calls);
    }

    private static List<String> handles(List<Received> received) {
        return received.stream().map(Received::handle).toList();
    }

    private static AmazonException amazon(String doing, RuntimeException failure) {
        return AmazonException.of(
                doing,
                failure instanceof SdkException known
                        ? known
                        : SdkClientException.create(String.valueOf(failure.getMessage()), failure));
    }
}
