package tandem.conformance.cases;

import tandem.conformance.person.Lost;
import tandem.conformance.person.Page;
import tandem.conformance.person.Wish;
import tandem.conformance.suite.Codes;
import tandem.conformance.suite.Scene;

/// What people do at pages, in one line.
final class People {
    private People() {}

    /// Goes as far as the pages let a person go, and returns where that ended.
    static Page triesAll(Scene scene, Codes codes, Wish wish) {
        return triesAll(scene, codes, codes.userCode(), wish);
    }

    static Page triesAll(Scene scene, Codes codes, String typed, Wish wish) {
        var walk = scene.walk(scene.visitor(), codes, typed, wish);
        try {
            return walk.toEnd();
        } catch (Lost e) {
            return walk.page();
        }
    }
}
