package dev.resilience.spring.shared;

/** Names of the fields of a shared state, as the protocol has them. */
final class StateField {

    static final String VERSION = "v";
    static final String EPOCH = "e";
    static final String TRANSITIONS = "n";
    static final String STATE = "s";
    static final String SINCE = "c";
    static final String RETRY_AT = "r";
    static final String INTERVAL = "i";
    static final String STREAK = "k";
    static final String REASON = "w";
    static final String NODE = "b";
    static final String ORDERED_BY = "fb";
    static final String ORDER_REASON = "fw";
    static final String FORCED_UNTIL = "fu";
    static final String PLACES = "pt";
    static final String FAILURE_PER_MILLE = "pr";
    static final String SLOW_PER_MILLE = "px";
    static final String DONE = "pd";
    static final String FAILED = "pf";
    static final String SLOW = "ps";
    static final String AT_ONCE = "pc";
    static final String RAMP = "rd";
    static final String RAMP_ENDS_AT = "ru";
    static final String OPERATOR_EPOCH = "o";

    private StateField() {}
}
