package tandem.page;

/// The hidden half of a form that decides on a request.
public record EntryForm(String entry, String csrf) {}
