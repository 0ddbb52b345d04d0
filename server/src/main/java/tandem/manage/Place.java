package tandem.manage;

import java.util.ArrayList;
import java.util.List;

/// A place in a written tree, and the mistakes found in that tree so far: reading goes on after
/// each, so that all are told at once.
record Place(String path, List<Mistake> mistakes) {

    static Place top() {
        return new Place("", new ArrayList<>());
    }

    Place at(String member) {
        return new Place(Mistake.below(path, member), mistakes);
    }

    Place item(int index) {
        return new Place(Mistake.item(path, index), mistakes);
    }

    void wrong(String message) {
        mistakes.add(new Mistake(path, message));
    }

    boolean good() {
        return mistakes.isEmpty();
    }
}
