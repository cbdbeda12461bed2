package app.mailroom.cli;

import app.mailroom.model.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"mailroom " + ProgramVersion.NUMBER};
    }
}
