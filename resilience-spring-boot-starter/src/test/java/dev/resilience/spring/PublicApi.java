package dev.resilience.spring;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** What users of a module can name, but for what it keeps to itself: a line for each type and member, with generics and with what may be null. */
final class PublicApi {

    private static final String ROOT = "dev/resilience/";
    private static final String CLASS_FILES = "classpath*:" + ROOT + "**/*.class";
    private static final String INTERNAL = "dev.resilience.internal.";
    private static final int ACCESS = Modifier.PUBLIC | Modifier.PROTECTED;

    private PublicApi() {}

    /** Lists the types of our main code whose name is accepted, each followed by its members. */
    static List<String> lines(Predicate<String> names) throws IOException {
        return classNames().stream()
                .filter(names)
                .map(PublicApi::loaded)
                .filter(PublicApi::isVisible)
                .flatMap(type -> Stream.concat(Stream.of(declared(type)), members(type)))
                .map(PublicApi::shortened)
                .sorted()
                .toList();
    }

    private static List<String> classNames() throws IOException {
        List<String> names = new ArrayList<>();
        for (Resource file : new PathMatchingResourcePatternResolver().getResources(CLASS_FILES)) {
            String address = file.getURL().toString();
            if (!address.contains("/test-classes/")) {
                String name = address.substring(address.lastIndexOf(ROOT), address.length() - ".class".length());
                names.add(name.replace('/', '.'));
            }
        }
        names.removeIf(name -> name.endsWith("package-info") || name.startsWith(INTERNAL));
        return names;
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return (type.getModifiers() & ACCESS) != 0
                && !type.isAnonymousClass()
                && !type.isSynthetic()
                && (outer == null || isVisible(outer));
    }

    private static boolean isVisible(Class<?> type, Member member) {
        boolean canBeExtended = !Modifier.isFinal(type.getModifiers());
        int access = canBeExtended ? ACCESS : Modifier.PUBLIC;
        return (member.getModifiers() & access) != 0 && !member.isSynthetic();
    }

    private static String declared(Class<?> type) {
        List<Class<?>> permitted = type.isSealed() ? List.of(type.getPermittedSubclasses()) : List.of();
        int modifiers = type.getModifiers() & ~(type.isInterface() ? Modifier.INTERFACE | Modifier.ABSTRACT : 0);
        return type.getName() + " " + modifiers(modifiers) + kind(type)
                + variables(type.getTypeParameters()).stripTrailing()
                + listed(" extends ", Stream.ofNullable(type.isEnum() ? null : type.getAnnotatedSuperclass()))
                + listed(" implements ", Arrays.stream(type.getAnnotatedInterfaces()))
                + listed(" permits ", permitted.stream().map(Class::getName).sorted());
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface";
        }
        if (type.isInterface()) {
            return "interface";
        }
        if (type.isEnum()) {
            return "enum";
        }
        return type.isRecord() ? "record" : "class";
    }

    private static Stream<String> members(Class<?> type) {
        Stream<String> fields = Arrays.stream(type.getDeclaredFields())
                .filter(field -> isVisible(type, field))
                .map(PublicApi::declared);
        Stream<String> constructors = Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> isVisible(type, constructor))
                .map(PublicApi::declared);
        Stream<String> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> isVisible(type, method))
                .map(PublicApi::declared);
        return Stream.of(fields, constructors, methods)
                .flatMap(lines -> lines)
                .map(line -> type.getName() + "." + line);
    }

    private static String declared(Field field) {
        return field.getName() + ": " + modifiers(field.getModifiers()) + field.getAnnotatedType();
    }

    private static String declared(Constructor<?> constructor) {
        return "new" + parameters(constructor) + ": " + modifiers(constructor.getModifiers())
                + variables(constructor.getTypeParameters()) + thrown(constructor);
    }

    private static String declared(Method method) {
        return method.getName() + parameters(method) + ": "
                + modifiers(method.getModifiers() & Modifier.methodModifiers())
                + (method.isDefault() ? "default " : "")
                + variables(method.getTypeParameters())
                + method.getAnnotatedReturnType()
                + thrown(method)
                + (method.getDefaultValue() == null ? "" : " with a default");
    }

    private static String parameters(Executable executable) {
        return types(executable).map(Object::toString).collect(joining(", ", "(", ")"));
    }

    /** Asks the components of a record, as Java 17 does not know the generics of a compact constructor. */
    private static Stream<AnnotatedType> types(Executable executable) {
        RecordComponent[] components = executable.getDeclaringClass().getRecordComponents();
        boolean isCanonical = executable instanceof Constructor
                && components != null
                && Arrays.stream(components)
                        .map(RecordComponent::getType)
                        .toList()
                        .equals(List.of(executable.getParameterTypes()));
        return isCanonical
                ? Arrays.stream(components).map(RecordComponent::getAnnotatedType)
                : Arrays.stream(executable.getAnnotatedParameterTypes());
    }

    private static String thrown(Executable executable) {
        return listed(" throws ", Arrays.stream(executable.getAnnotatedExceptionTypes()));
    }

    private static String modifiers(int modifiers) {
        String text = Modifier.toString(modifiers & ~Modifier.SYNCHRONIZED);
        return text.isEmpty() ? "" : text + " ";
    }

    private static String variables(TypeVariable<?>[] variables) {
        if (variables.length == 0) {
            return "";
        }
        return Arrays.stream(variables)
                .map(variable ->
                        variable.getName() + listed(" extends ", Arrays.stream(variable.getAnnotatedBounds()), " & "))
                .collect(joining(", ", "<", "> "));
    }

    private static String listed(String before, Stream<?> things) {
        return listed(before, things, ", ");
    }

    private static String listed(String before, Stream<?> things, String between) {
        String all = things.map(Object::toString).collect(joining(between));
        return all.isEmpty() ? "" : before + all;
    }

    /** Says nothing of what everybody knows. */
    private static String shortened(String line) {
        return line.replaceAll("\\bjava\\.(?:lang|util|util\\.function|util\\.concurrent|time)\\.(?=@?[A-Z])", "")
                .replaceAll("@org\\.jspecify\\.annotations\\.Nullable(?:\\(\\))?", "@Nullable")
                .replace(" extends Object", "")
                .strip();
    }
}
