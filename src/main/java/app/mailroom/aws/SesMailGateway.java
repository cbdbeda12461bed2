package app.mailroom.aws;

import app.mailroom.delivery.MailGateway;
import app.mailroom.delivery.OutgoingMail;
import app.mailroom.model.MailAccount;
import app.mailroom.model.SendResult;

/** Amazon SES as the mail service. */
@SuppressWarnings("DoNotCallSuggester")
final class SesMailGateway implements MailGateway {
    SesMailGateway(AmazonClients clients) throws AmazonException {
        clients.ses().close();
    }

    @Override
    public SendResult send(OutgoingMail mail) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MailAccount account() throws AmazonException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
