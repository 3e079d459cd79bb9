package dev.resilience.sample.provider;

import dev.resilience.sample.Region;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The provider's HTTP API, and the switch that breaks it. */
@RestController
@RequestMapping("/provider")
class ProviderController {

    private static final int LIMIT = 1000;

    private static final Map<String, Integer> FEES = Map.of("card", 35, "transfer", 10, "invoice", 120);

    private final Provider provider;
    private final Books books;

    ProviderController(Provider provider, Books books) {
        this.provider = provider;
        this.books = books;
    }

    @PostMapping("/{region}/charges")
    Map<String, String> charge(@PathVariable Region region, @RequestParam int amount) throws InterruptedException {
        answerOrFail(region, "charge");
        if (amount > LIMIT) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, "Declined: above " + LIMIT);
        }
        books.charged(region);
        return Map.of("id", UUID.randomUUID().toString());
    }

    @GetMapping("/{region}/charges")
    Map<String, Object> charges(@PathVariable Region region) throws InterruptedException {
        answerOrFail(region, "charges");
        return Map.of("region", region, "charges", books.charges(region));
    }

    @GetMapping("/{region}/methods")
    List<String> methods(@PathVariable Region region) throws InterruptedException {
        answerOrFail(region, "methods");
        return List.of("card", "transfer", "invoice");
    }

    @GetMapping("/{region}/quotes/{method}")
    Map<String, Object> quote(@PathVariable Region region, @PathVariable String method) throws InterruptedException {
        answerOrFail(region, "quote");
        return Map.of("method", method, "fee", FEES.getOrDefault(method, 0));
    }

    private void answerOrFail(Region region, String what) throws InterruptedException {
        Visit visit = Visit.of(what);
        HttpStatus status = provider.work(region);
        books.left(region, visit.answeredWith(status.value()));
        if (status.isError()) {
            throw new ResponseStatusException(status, "Broken on request, or too late");
        }
    }

    /** What this side saw of its callers. */
    @GetMapping("/{region}/visits")
    List<Visit> visits(@PathVariable Region region) {
        return books.visits(region);
    }

    @GetMapping("/behaviour")
    Map<Region, Behaviour> behaviour() {
        return provider.behaviours();
    }

    @PostMapping("/behaviour")
    Map<Region, Behaviour> behave(@RequestBody BehaviourRequest request) {
        provider.behave(request.regions(), request.behaviour());
        return provider.behaviours();
    }

    @ExceptionHandler
    ProblemDetail refused(IllegalArgumentException invalid) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, String.valueOf(invalid.getMessage()));
    }
}
