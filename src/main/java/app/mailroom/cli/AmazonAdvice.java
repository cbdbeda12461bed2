package app.mailroom.cli;

import app.mailroom.aws.AmazonException;

/** What a person can do when Amazon says no. */
final class AmazonAdvice {
    private AmazonAdvice() {}

    static String on(AmazonException.Code code) {
        return switch (code) {
            case NO_REGION ->
                "Choose the region of your SES account: mailroom settings set aws.region eu-central-1 "
                        + "(or AWS_REGION in the environment or in a .env file).";
            case NO_CREDENTIALS ->
                "Give the program keys: mailroom aws keys set KEY_ID, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY "
                        + "in the environment or in a .env file, or a profile of the AWS configuration files.";
            case CREDENTIALS_REFUSED ->
                "Check the keys: they may be mistyped, expired or switched off. Check this computer's clock too; "
                        + "Amazon refuses requests that are minutes off.";
            case NOT_ALLOWED ->
                "The keys are good, but their user lacks a permission. Whoever manages the AWS account can grant it; "
                        + "the message above names the action.";
            case NOT_FOUND ->
                "There is nothing of that name in this region. Check the name and the region: mailroom settings get";
            case UNREACHABLE ->
                "Check the network, a proxy or firewall, the region's name and any aws.endpoint setting, "
                        + "and try again.";
            case THROTTLED -> "Amazon answers fewer questions a second than were asked. Try again in a minute.";
            case RELAY_COUNTS -> "Let one of them count. The relay is switched off with: mailroom tracking off";
            case REFUSED -> "The message above says why.";
        };
    }
}
