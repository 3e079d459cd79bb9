package dev.resilience.spring.aop;

import static dev.resilience.spring.aop.GuardRunner.calls;
import static dev.resilience.spring.aop.GuardRunner.forceOpen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.spring.annotation.Breaker;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.CrudRepository;
import org.springframework.jdbc.core.JdbcTemplate;

class RepositoryTests {

    record Item(@Id Long id, String name) {}

    interface ItemRepository extends CrudRepository<Item, Long> {

        @Breaker
        List<Item> findByName(String name);

        @Override
        @Breaker(name = "items", fallback = "nothing")
        Optional<Item> findById(Long id);

        @Query("select count(*) from item")
        long total();

        default Optional<Item> nothing(Long id) {
            return Optional.of(new Item(id, "of " + total()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            basePackageClasses = RepositoryTests.class,
            includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = ItemRepository.class))
    static class WithRepository {}

    private final ApplicationContextRunner runner = GuardRunner.with(WithRepository.class)
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    DataJdbcRepositoriesAutoConfiguration.class))
            .withPropertyValues("spring.datasource.generate-unique-name=true");

    private static ItemRepository filled(ApplicationContext context) {
        JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
        jdbc.execute("create table item (id bigint auto_increment primary key, name varchar(20))");
        jdbc.execute("insert into item (name) values ('pen')");
        return context.getBean(ItemRepository.class);
    }

    @Test
    void guardsAQueryMethodOfARepository() {
        runner.run(context -> {
            assertThat(filled(context).findByName("pen")).hasSize(1);
            assertThat(calls(context, "item-repository-find-by-name")).isEqualTo(1);
        });
    }

    @Test
    void guardsAMethodOfARepositoryThatItsImplementationHas() {
        runner.run(context -> {
            assertThat(filled(context).findById(1L)).contains(new Item(1L, "pen"));
            assertThat(calls(context, "items")).isEqualTo(1);
        });
    }

    @Test
    void refusesAQuery() {
        runner.run(context -> {
            ItemRepository repository = filled(context);
            forceOpen(context, "item-repository-find-by-name");
            assertThatThrownBy(() -> repository.findByName("pen")).isInstanceOf(BreakerOpenException.class);
        });
    }

    @Test
    void callsADefaultMethodOfTheRepositoryInstead() {
        runner.run(context -> {
            ItemRepository repository = filled(context);
            forceOpen(context, "items");
            assertThat(repository.findById(9L)).contains(new Item(9L, "of 1"));
        });
    }
}
