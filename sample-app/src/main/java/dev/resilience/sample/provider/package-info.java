/** The payment provider: a stand-in for somebody else's service, with a port and threads of its own. */
@NullMarked
package dev.resilience.sample.provider;

import org.jspecify.annotations.NullMarked;
