package tandem.store;

/// A slice of a listing.
///
/// @param offset how many rows to pass over
/// @param limit how many rows to answer at most
public record Page(int offset, int limit) {}
