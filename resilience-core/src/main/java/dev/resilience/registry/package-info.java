/** Guards by name and key, made on first use and bounded in number. */
@NullMarked
package dev.resilience.registry;

import org.jspecify.annotations.NullMarked;
