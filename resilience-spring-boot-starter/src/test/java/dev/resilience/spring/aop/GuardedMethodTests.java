package dev.resilience.spring.aop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedMethodTests {

    private static final Method CALL = methods().get(0);
    private static final Method OTHER = methods().get(1);

    interface Client {
        void call();

        void other();
    }

    interface SpecialClient extends Client {}

    private static List<Method> methods() {
        try {
            return List.of(Client.class.getMethod("call"), Client.class.getMethod("other"));
        } catch (NoSuchMethodException missing) {
            throw new AssertionError(missing);
        }
    }

    @Test
    void isAKeyOfItsOwnerAndItsMethod() {
        assertThat(new GuardedMethod(Client.class, CALL))
                .isEqualTo(new GuardedMethod(Client.class, CALL))
                .hasSameHashCodeAs(new GuardedMethod(Client.class, CALL))
                .isNotEqualTo(new GuardedMethod(SpecialClient.class, CALL))
                .isNotEqualTo(new GuardedMethod(Client.class, OTHER))
                .isNotEqualTo(null);
    }

    @Test
    void aKindOfBeanIsAKeyOfItsClassAndItsInterfaces() {
        assertThat(new BeanType(null, List.of(Client.class)))
                .isEqualTo(new BeanType(null, List.of(Client.class)))
                .hasSameHashCodeAs(new BeanType(null, List.of(Client.class)))
                .isNotEqualTo(new BeanType(null, List.of(SpecialClient.class)))
                .isNotEqualTo(new BeanType(String.class, List.of(Client.class)))
                .isNotEqualTo(null);
    }
}
