/** What BlockHound is told about the guards, where an application has it. */
@NullMarked
package dev.resilience.spring.blockhound;

import org.jspecify.annotations.NullMarked;
