package dev.resilience.oracle;

import dev.resilience.breaker.BreakerConfig;

/** A part of a breaker's configuration, to be changed alone. */
enum Part {
    ENFORCEMENT {
        @Override
        BreakerConfig taken(BreakerConfig source, BreakerConfig into) {
            return into.withEnforcement(source.enforcement());
        }

        @Override
        String shown(BreakerConfig source) {
            return source.enforcement().toString();
        }
    },
    WINDOW {
        @Override
        BreakerConfig taken(BreakerConfig source, BreakerConfig into) {
            return into.withWindow(source.window());
        }

        @Override
        String shown(BreakerConfig source) {
            return "window " + source.window();
        }
    },
    TRIP {
        @Override
        BreakerConfig taken(BreakerConfig source, BreakerConfig into) {
            return into.withTrip(source.trip());
        }

        @Override
        String shown(BreakerConfig source) {
            return source.trip().toString();
        }
    },
    OPEN {
        @Override
        BreakerConfig taken(BreakerConfig source, BreakerConfig into) {
            return into.withOpen(source.open());
        }

        @Override
        String shown(BreakerConfig source) {
            return source.open().toString();
        }
    },
    HALF_OPEN {
        @Override
        BreakerConfig taken(BreakerConfig source, BreakerConfig into) {
            return into.withHalfOpen(source.halfOpen());
        }

        @Override
        String shown(BreakerConfig source) {
            return source.halfOpen().toString();
        }
    };

    /** Returns a configuration with this part taken from another one. */
    abstract BreakerConfig taken(BreakerConfig source, BreakerConfig into);

    /** Describes this part of a configuration. */
    abstract String shown(BreakerConfig source);
}
