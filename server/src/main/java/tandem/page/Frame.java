package tandem.page;

/// What stands around every page.
public record Frame(Texts texts, Theme theme, Assets assets) {

    public Phrase say(String key, Object... arguments) {
        return texts.say(key, arguments);
    }
}
