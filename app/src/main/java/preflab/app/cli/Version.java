package preflab.app.cli;

import picocli.CommandLine.IVersionProvider;

/** The program's version, from its jar's manifest. */
final class Version implements IVersionProvider {

    static String number() {
        String number = Version.class.getPackage().getImplementationVersion();
        return number == null ? "development" : number;
    }

    @Override
    public String[] getVersion() {
        return new String[]{"preflab " + number() + " (Java " + Runtime.version() + ")"};
    }
}
