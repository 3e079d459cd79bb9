package dev.resilience.spring.autoconfigure;

/** Tells in words whether the store of the fleet is there: names no class of Lettuce, so that it can be asked for without it. */
@FunctionalInterface
interface FleetStatus {

    String words();
}
