package dev.resilience.spring.retry;

import dev.resilience.Name;
import dev.resilience.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The {@link RetryBudget}s of an application, one a name, made on first use. Safe for use by many threads. */
public final class RetryBudgets {

    /** Names beyond these share one budget, because a name may come from a request by mistake. */
    private static final int MOST = 1000;

    private final int percent;
    private final Ticker ticker;
    private final Map<String, RetryBudget> byName = new ConcurrentHashMap<>();
    private final RetryBudget shared;

    /**
     * Creates budgets.
     *
     * @param percent retries per 100 calls of a name, 0 to 100
     * @throws dev.resilience.InvalidSettingException if it is out of its range
     */
    public RetryBudgets(int percent, Ticker ticker) {
        this.percent = percent;
        this.ticker = ticker;
        this.shared = new RetryBudget(percent, ticker);
    }

    /** Returns the budget of those that have none of their own. */
    RetryBudget shared() {
        return shared;
    }

    /**
     * Returns the budget of a name.
     *
     * @param name in any spelling
     * @throws dev.resilience.InvalidSettingException if it is no name
     */
    public RetryBudget of(String name) {
        String form = Name.of(name).canonical();
        RetryBudget known = byName.get(form);
        if (known != null) {
            return known;
        }
        return byName.size() >= MOST
                ? shared
                : byName.computeIfAbsent(form, absent -> new RetryBudget(percent, ticker));
    }
}
