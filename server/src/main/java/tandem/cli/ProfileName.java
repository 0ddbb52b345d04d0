package tandem.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The name of a stored login; it becomes a file's name, so it is kept plain.
record ProfileName(String text) {

    static final String DEFAULT = "default";

    private static final Pattern SHAPE = Pattern.compile("(?!\\.)[A-Za-z0-9._-]{1,64}");

    ProfileName {
        if (!SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a profile's name is 1 to 64 of A-Z a-z 0-9 . _ - with no leading dot");
        }
    }

    @Override
    public String toString() {
        return text;
    }

    /// Says to the command line what is wrong, in the words above.
    static final class Converter implements ITypeConverter<ProfileName> {

        @Override
        public ProfileName convert(String value) {
            try {
                return new ProfileName(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
