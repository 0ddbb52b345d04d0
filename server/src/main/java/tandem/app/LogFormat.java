package tandem.app;

/// How what is logged is written.
enum LogFormat {
    /// A line for people.
    TEXT,
    /// A JSON object a line, for programs.
    JSON;

    static final String VARIABLE = "TANDEM_LOG_FORMAT";
}
