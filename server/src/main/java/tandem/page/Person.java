package tandem.page;

/// Who is signed in.
///
/// @param name an e-mail address, or what else they know themselves by
/// @param csrf for the form that signs them out
public record Person(String name, String csrf) {}
