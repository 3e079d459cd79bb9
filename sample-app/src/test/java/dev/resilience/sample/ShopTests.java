package dev.resilience.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What customers get from the shop, while its provider is well and when it is not. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"shop.traffic=0", "provider.port=0"})
class ShopTests {

    private final Shop shop;

    ShopTests(@LocalServerPort int port) {
        this.shop = new Shop(port);
    }

    @BeforeEach
    void healTheProvider() {
        shop.provider("{}");
    }

    @Test
    void takesAnOrderWhileTheProviderIsWell() {
        HttpResponse<String> answer = shop.order(Region.EU);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"region\":\"EU\"", "\"receipt\":");
    }

    @Test
    void answersWith502WhereTheProviderWasAskedAndFailed() {
        shop.provider("{\"region\":\"US\",\"failureRate\":100}");

        HttpResponse<String> answer = shop.order(Region.US);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("The payment provider failed");
    }

    @Test
    void offersWhatItCanByItselfWhereTheProviderFails() {
        shop.provider("{\"region\":\"US\",\"failureRate\":100}");

        HttpResponse<String> answer = shop.paymentMethods(Region.US);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"region\":\"US\",\"methods\":[\"invoice\"],\"source\":\"fallback\"}");
    }

    @Test
    void tellsACustomerWhosePaymentWasDeclined() {
        HttpResponse<String> answer = shop.post("/orders?region=AP&amount=5000", "");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("The provider declined the payment");
    }
}
