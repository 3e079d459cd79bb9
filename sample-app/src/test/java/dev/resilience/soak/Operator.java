package dev.resilience.soak;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Gives orders at random through the endpoint, every tenth an invalid one. Limits of the tenants' bulkhead go together: all
 * three numbers of an order are the same, so that half an order would be seen.
 */
final class Operator {

    private static final String TENANTS = "/actuator/guards/bulkheads/tenants";
    private static final String BREAKER = "/actuator/guards/breakers/tenants";
    private static final int MOST = 16;

    private static final List<Order> VALID = List.of(
            new Order(TENANTS, "{\"state\":\"AUTO\"}"),
            new Order(BREAKER, "{\"state\":\"AUTO\"}"),
            new Order(BREAKER, "{\"state\":\"AUTO\"}"),
            new Order(BREAKER, "{\"state\":\"RESET\"}"),
            new Order(BREAKER, "{\"state\":\"FORCED_OPEN\",\"duration\":\"1s\"}"),
            new Order(BREAKER, "{\"state\":\"FORCED_CLOSED\",\"duration\":\"2s\"}"),
            new Order(BREAKER, "{\"rollout\":100,\"duration\":\"500ms\"}"),
            new Order("/actuator/guards/breakers/payments", "{\"state\":\"AUTO\"}"),
            new Order("/actuator/guards/breakers/payments", "{\"state\":\"RESET\",\"mode\":\"ENFORCE\"}"),
            new Order("/actuator/guards/breakers/payments", "{\"state\":\"RESET\",\"mode\":\"OFF\"}"),
            new Order("/actuator/guards/breakers/payments", "{\"mode\":\"SHADOW\",\"duration\":\"1s\"}"),
            new Order("/actuator/guards/bulkheads/payments", "{\"maxConcurrent\":2,\"rollout\":50}"),
            new Order("/actuator/guards/bulkheads/payments", "{\"maxConcurrent\":12,\"mode\":\"SHADOW\"}"),
            new Order("/actuator/guards/bulkheads/payments", "{\"mode\":\"OFF\"}"),
            new Order("/actuator/guards/bulkheads/payments", "{\"state\":\"AUTO\"}"),
            new Order("/actuator/guards/bulkheads/payments", "{\"state\":\"AUTO\"}"),
            new Order("/actuator/guards/bulkheads/quotes", "{\"maxConcurrent\":3,\"maxQueue\":3}"),
            new Order("/actuator/guards/bulkheads/quotes", "{\"state\":\"AUTO\"}"));

    private final Site site;
    private final Random random;
    private final List<String> surprises = new ArrayList<>();
    private int orders;
    private int refused;

    Operator(Site site, Random random) {
        this.site = site;
        this.random = random;
    }

    private record Order(String path, String json) {}

    /** Gives one order and looks at what it did. */
    void order() {
        orders++;
        if (orders % 10 == 0) {
            invalid();
        } else if (random.nextInt(3) == 0) {
            limit();
        } else if (random.nextInt(4) == 0) {
            keyed();
        } else {
            give(VALID.get(random.nextInt(VALID.size())), 200);
        }
        look();
    }

    private void limit() {
        int limit = 1 + random.nextInt(MOST);
        give(
                new Order(
                        TENANTS,
                        "{\"maxConcurrent\":%d,\"maxQueue\":%d,\"maxWait\":\"%dms\"}".formatted(limit, limit, limit)),
                200);
    }

    private void invalid() {
        List<Order> wrong = List.of(
                new Order(TENANTS, "{\"maxConcurrent\":100,\"maxQueue\":-1,\"maxWait\":\"100ms\"}"),
                new Order(TENANTS, "{\"maxConcurrent\":100,\"maxQueue\":0,\"maxWait\":\"100ms\"}"),
                new Order(TENANTS, "{\"maxConcurrent\":100,\"maxQueue\":100,\"maxWait\":\"100ms\",\"rollout\":101}"),
                new Order(TENANTS, "{\"maxConcurrent\":100,\"state\":\"AUTO\"}"),
                new Order(BREAKER, "{\"state\":\"FORCED_OPEN\",\"rollout\":-1}"),
                new Order(BREAKER, "{\"state\":\"RESET\",\"mode\":\"LOUD\"}"));
        give(wrong.get(random.nextInt(wrong.size())), 400);
        refused++;
    }

    /** Orders to one key: which there are changes all the time, so that it may be gone. */
    private void keyed() {
        List<String> keys = site.json(BREAKER).read("$.keys");
        if (!keys.isEmpty()) {
            String path = "/actuator/guards/breakers/tenants?key=" + keys.get(random.nextInt(keys.size()));
            give(new Order(path, "{\"state\":\"FORCED_OPEN\",\"duration\":\"3s\"}"), 200, 404);
        }
    }

    private void give(Order order, Integer... expected) {
        HttpResponse<String> answer = site.post(order.path(), order.json());
        if (!List.of(expected).contains(answer.statusCode())) {
            surprises.add(answer.statusCode() + " to " + order + ": " + answer.body());
        }
    }

    private void look() {
        var seen = site.json(TENANTS);
        int limit = seen.read("$.maxConcurrent");
        int queue = seen.read("$.maxQueue");
        String wait = seen.read("$.config.max-wait");
        if (queue != limit || !wait.equals(limit + "ms")) {
            surprises.add("half an order: " + limit + ", " + queue + ", " + wait);
        }
    }

    /** Takes everything away that was ordered. */
    void leave() {
        for (String breaker : List.of("tenants", "payments")) {
            give(new Order("/actuator/guards/breakers/" + breaker, "{\"state\":\"RESET\"}"), 200);
        }
        for (String bulkhead : List.of("tenants", "payments", "quotes")) {
            give(new Order("/actuator/guards/bulkheads/" + bulkhead, "{\"state\":\"AUTO\"}"), 200);
        }
    }

    /** Returns what it did not expect. */
    List<String> surprises() {
        return surprises;
    }

    @Override
    public String toString() {
        return orders + " orders, " + refused + " of them refused";
    }
}
