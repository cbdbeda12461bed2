package app.mailroom.evidence;

import app.mailroom.outcome.EventReader;
import app.mailroom.recipients.RecipientFileReader;
import app.mailroom.relay.RelayAddressReader;
import app.mailroom.template.TemplateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Some of the bad input on which {@code InputEvidence} tries much more; a seed that fails there is a case for here. */
class BadInputTest {
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private InputReader reader;

    @SuppressWarnings("NullAway.Init")
    private Mutator mutator;

    @BeforeProperty
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("bad-input");
    }

    @AfterProperty
    void clean() throws Exception {
        reader.close();
        Ground.delete(folder);
    }

    @Property(tries = 150)
    void csv(@ForAll long seed) throws Exception {
        use(reader == null ? RecipientFileReader.ofText(folder) : reader).read(mutator.input(seed));
    }

    @Property(tries = 150)
    void workbooks(@ForAll long seed) throws Exception {
        use(reader == null ? RecipientFileReader.ofWorkbooks(folder) : reader).read(mutator.input(seed));
    }

    @Property(tries = 200)
    void templates(@ForAll long seed) throws Exception {
        use(reader == null ? new TemplateReader() : reader).read(mutator.input(seed));
    }

    @Property(tries = 1_000)
    void events(@ForAll long seed) throws Exception {
        use(reader == null ? new EventReader() : reader).read(mutator.input(seed));
    }

    @Property(tries = 150)
    void requests(@ForAll long seed) throws Exception {
        use(reader == null ? new RelayAddressReader(folder) : reader).read(mutator.input(seed));
    }

    private InputReader use(InputReader made) {
        if (made != reader) {
            reader = made;
            mutator = new Mutator(made.corpus(), made.words());
        }
        return made;
    }
}
