package app.mailroom.model;

import java.util.OptionalLong;

/**
 * Tells this workspace's messages from those of others that share a mail account and its event queue. Message tags
 * are {@code <workspace>-<message>}; SES allows letters, digits, underscore and hyphen in them.
 */
public record WorkspaceId(String value) {
    private static final String TEST = "-test-";
    private static final String PROBE = "-probe-";

    /** Made of lower-case letters and digits. */
    public WorkspaceId {
        if (!value.matches("[a-z0-9]{8,40}")) {
            throw new IllegalArgumentException("not a workspace id: " + value);
        }
    }

    /** The tag of one of this workspace's rows. */
    public String tag(long id) {
        return value + "-" + id;
    }

    /** The tag of a mail that is sent to try a template and is no row of this workspace. */
    public String testTag(String trial) {
        return value + TEST + trial;
    }

    /** Whether a tag is that of a mail by which this workspace tried a template. */
    public boolean isTestTag(String tag) {
        return tag.startsWith(value + TEST);
    }

    /** The tag of a sign of life by which the way of events is proven. */
    public String probeTag(String probe) {
        return value + PROBE + probe;
    }

    /** The id in a tag, if the tag is one of this workspace's. */
    public OptionalLong id(String tag) {
        String prefix = value + "-";
        if (!tag.startsWith(prefix) || !tag.substring(prefix.length()).matches("[0-9]{1,18}")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(tag.substring(prefix.length())));
    }
}
