/** Races of guards that jcstress runs, with every end that the contract allows and the rule that any other end would break. */
@NullMarked
package dev.resilience.stress;

import org.jspecify.annotations.NullMarked;
