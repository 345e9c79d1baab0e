package preflab.app.catalogue;

/** A run that can be laid over the map; equal to itself however far it has come. */
public record MapRun(int id, String name) {

    @Override
    public String toString() {
        return id + "  " + name;
    }
}
