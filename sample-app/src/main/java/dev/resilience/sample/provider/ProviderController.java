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

    private final Provider provider;

    ProviderController(Provider provider) {
        this.provider = provider;
    }

    @PostMapping("/{region}/charges")
    Map<String, String> charge(@PathVariable Region region, @RequestParam int amount) throws InterruptedException {
        answerOrFail(region);
        if (amount > LIMIT) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, "Declined: above " + LIMIT);
        }
        return Map.of("id", UUID.randomUUID().toString());
    }

    @GetMapping("/{region}/methods")
    List<String> methods(@PathVariable Region region) throws InterruptedException {
        answerOrFail(region);
        return List.of("card", "transfer", "invoice");
    }

    private void answerOrFail(Region region) throws InterruptedException {
        if (provider.troubles(region)) {
            throw new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR, "Broken on request");
        }
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
