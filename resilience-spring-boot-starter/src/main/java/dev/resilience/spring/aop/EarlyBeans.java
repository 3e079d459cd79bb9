package dev.resilience.spring.aop;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Tells of annotated beans that nobody guards, because they were created before the post-processor was there. */
final class EarlyBeans {

    private static final Logger LOG = System.getLogger(GuardPostProcessor.class.getName());

    private final ConfigurableListableBeanFactory beanFactory;
    private final GuardedTypes types;

    EarlyBeans(ConfigurableListableBeanFactory beanFactory, GuardedTypes types) {
        this.beanFactory = beanFactory;
        this.types = types;
    }

    void report() {
        for (String name : beanFactory.getSingletonNames()) {
            Object bean = beanFactory.containsBeanDefinition(name) ? beanFactory.getSingleton(name) : null;
            if (bean != null && !(bean instanceof AopInfrastructureBean) && isMissed(bean)) {
                LOG.log(
                        Level.WARNING,
                        "Bean ''{0}'' ({1}) is not guarded, although it is annotated: it was created before guards could be put"
                                + " around it. Let the post-processor or configuration that needs it take it lazily",
                        name,
                        bean.getClass().getName());
            }
        }
    }

    private boolean isMissed(Object bean) {
        return types.areAnnotated(BeanType.of(bean)) && !GuardAdvisor.isOn(bean);
    }
}
