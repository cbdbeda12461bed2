package app.mailroom.plan;

import java.io.IOException;
import java.util.List;

/** What the name servers say about domains. */
public interface DomainRecords {
    /**
     * The TXT records of a name, each as one text; none where it has none or does not exist. Takes some seconds at most.
     *
     * @throws IOException when the name servers do not say
     */
    List<String> texts(String name) throws IOException;
}
