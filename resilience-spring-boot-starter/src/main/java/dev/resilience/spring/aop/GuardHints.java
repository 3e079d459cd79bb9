package dev.resilience.spring.aop;

import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.support.RegisteredBean;

/** Lets a native image find the annotated methods, call their fallbacks, and evaluate their keys over what they are called with. */
final class GuardHints implements BeanRegistrationAotProcessor {

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
        List<Class<?>> owners = BeanType.of(registeredBean.getBeanClass()).owners().stream()
                .filter(GuardAnnotations::areOn)
                .toList();
        return owners.isEmpty() ? null : new Contribution(owners);
    }

    private record Contribution(List<Class<?>> owners) implements BeanRegistrationAotContribution {

        @Override
        public void applyTo(GenerationContext generationContext, BeanRegistrationCode beanRegistrationCode) {
            ReflectionHints hints = generationContext.getRuntimeHints().reflection();
            for (Class<?> owner : owners) {
                GuardAnnotations.of(owner).forEach((method, annotations) -> {
                    GuardedMethod guarded = new GuardedMethod(owner, method);
                    methods(guarded, annotations).forEach(each -> hints.registerMethod(each, ExecutableMode.INVOKE));
                    annotations.all().forEach(annotation -> registerExpressions(hints, annotation, method));
                });
            }
        }

        private static Set<Method> methods(GuardedMethod guarded, GuardAnnotations annotations) {
            Set<Method> methods = new LinkedHashSet<>();
            methods.add(guarded.method());
            annotations.all().forEach(annotation -> methods.addAll(Fallbacks.methods(annotation, guarded)));
            return methods;
        }

        private static void registerExpressions(ReflectionHints hints, GuardAnnotation annotation, Method method) {
            if (annotation.hasKey() || annotation.picksCriticality()) {
                hints.registerType(KeyRoot.class, MemberCategory.INVOKE_PUBLIC_METHODS);
                for (Class<?> type : method.getParameterTypes()) {
                    hints.registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
                }
            }
        }
    }
}
