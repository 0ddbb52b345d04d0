package tandem.manage;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import tandem.store.Page;
import tandem.web.Form;
import tandem.web.Json;
import tandem.web.Response;

/// What a listing is asked for: filters by their names, and one page.
///
/// @param totals whether the answer is an object that says how many there are in all
record Listing(Map<String, String> filters, Page page, boolean totals) {

    static final int PER_PAGE_MAX = 100;

    private static final int PER_PAGE = 50;
    private static final int PAGE_MAX = 100_000;
    private static final Set<String> PAGING = Set.of("page", "per_page", "include_totals");

    /// Reads a query; what is not known is a mistake, since a filter that is passed over would
    /// answer too much.
    static Listing of(Form query, Set<String> filters, Place place) {
        var known = new TreeSet<>(PAGING);
        known.addAll(filters);
        for (var name : query.names()) {
            if (!known.contains(name)) {
                place.at(name).wrong("is not known here" + Nearest.question(name, known));
            }
        }
        query.repeated(known).ifPresent(name -> place.at(name).wrong("is given more than once"));
        int perPage = (int) whole(query, "per_page", 1, PER_PAGE_MAX, place).orElse(PER_PAGE);
        int page = (int) whole(query, "page", 0, PAGE_MAX, place).orElse(0);
        var given = new HashMap<String, String>();
        filters.forEach(name -> query.text(name).ifPresent(value -> given.put(name, value)));
        return new Listing(
                Map.copyOf(given),
                new Page(page * perPage, perPage),
                flag(query, "include_totals", place));
    }

    Optional<String> filter(String name) {
        return Optional.ofNullable(filters.get(name));
    }

    /// The answer.
    ///
    /// @param name of the list within the object that tells totals
    Response answer(String name, List<?> elements, long total) {
        if (!totals) {
            return Response.json(200, Json.bytes(elements));
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("start", page.offset());
        body.put("limit", page.limit());
        body.put("length", elements.size());
        body.put("total", total);
        body.put(name, elements);
        return Response.json(200, Json.bytes(body));
    }

    static OptionalLong whole(Form query, String name, long least, long most, Place place) {
        var text = query.text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        boolean digits = text.get().matches("[0-9]{1,18}");
        long value = digits ? Long.parseLong(text.get()) : -1;
        if (value < least || value > most) {
            place.at(name).wrong("must be a whole number from " + least + " to " + most);
            return OptionalLong.empty();
        }
        return OptionalLong.of(value);
    }

    private static boolean flag(Form query, String name, Place place) {
        var text = query.text(name).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            place.at(name).wrong("must be true or false");
        }
        return text.equals("true");
    }
}
