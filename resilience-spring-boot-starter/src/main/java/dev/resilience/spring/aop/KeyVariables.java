package dev.resilience.spring.aop;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.VariableReference;

/**
 * What a key expression can refer to: each argument as {@code #p0}, {@code #a0} and by the parameter's name, where the class file has it.
 *
 * @param indices the arguments' positions by their names
 * @param areNamed whether the parameters' own names are known
 */
record KeyVariables(Map<String, Integer> indices, boolean areNamed) {

    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();
    private static final Set<String> ALWAYS = Set.of("root", "this");

    static KeyVariables of(GuardedMethod method) {
        Map<String, Integer> indices = new HashMap<>();
        int count = GuardedMethod.parameterCount(method.method());
        for (int i = 0; i < count; i++) {
            indices.put("p" + i, i);
            indices.put("a" + i, i);
        }
        Map<String, Integer> named = new HashMap<>();
        method.declarations().forEach(declaration -> {
            @Nullable String @Nullable [] names = NAMES.getParameterNames(declaration);
            for (int i = 0; names != null && i < Math.min(count, names.length); i++) {
                String name = names[i];
                if (name != null) {
                    named.putIfAbsent(name, i);
                }
            }
        });
        indices.putAll(named);
        return new KeyVariables(Map.copyOf(indices), count == 0 || !named.isEmpty());
    }

    /**
     * Checks an expression.
     *
     * @throws InvalidGuardException if it refers to what is not there, which SpEL itself would take for null
     */
    void check(SpelNode node, String description) {
        if (node instanceof BeanReference || node instanceof FunctionReference) {
            throw new InvalidGuardException(
                    "%s calls %s, but it can only use the arguments.".formatted(description, node.toStringAST()),
                    "Write a SpEL expression over the arguments, as in \"#region\" or \"#p0.region\".");
        }
        if (node instanceof VariableReference) {
            String name = node.toStringAST().substring(1);
            if (!ALWAYS.contains(name) && !indices.containsKey(name)) {
                throw unknown(name, description);
            }
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            check(node.getChild(i), description);
        }
    }

    private InvalidGuardException unknown(String name, String description) {
        if (!areNamed) {
            return new InvalidGuardException(
                    "%s refers to #%s, but the class was compiled without the names of its parameters."
                            .formatted(description, name),
                    "Compile with the option -parameters, or refer to the arguments by position: #p0 is the first.");
        }
        String known = indices.keySet().stream()
                .sorted()
                .map(variable -> '#' + variable)
                .collect(Collectors.joining(", "));
        return new InvalidGuardException(
                "%s refers to #%s, which is no parameter.".formatted(description, name),
                known.isEmpty()
                        ? "The method has no parameters: leave the key out."
                        : "Refer to one of " + known + ".");
    }
}
