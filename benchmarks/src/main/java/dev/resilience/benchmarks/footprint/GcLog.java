package dev.resilience.benchmarks.footprint;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM's log of its collector ({@code -Xlog:gc}) says.
 *
 * @param allocatedMiB allocated between collections
 * @param pauses how many there were
 * @param pauseMillis how long they were together
 * @param longestMillis the longest of them
 */
record GcLog(double allocatedMiB, int pauses, double pauseMillis, double longestMillis) {

    private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\(\\d+M\\) (\\d+[.,]\\d+)ms");

    /** @param skipped how many lines come from before what is of interest; the last pause among them is where counting begins */
    static GcLog of(List<String> lines, int skipped) {
        double allocated = 0;
        double after = Double.NaN;
        int pauses = 0;
        double sum = 0;
        double longest = 0;
        for (int line = 0; line < lines.size(); line++) {
            Matcher pause = PAUSE.matcher(lines.get(line));
            if (!pause.find()) {
                continue;
            }
            if (line >= skipped) {
                allocated += Double.isNaN(after) ? 0 : Math.max(0, Double.parseDouble(pause.group(1)) - after);
                double millis = Double.parseDouble(pause.group(3).replace(',', '.'));
                pauses++;
                sum += millis;
                longest = Math.max(longest, millis);
            }
            after = Double.parseDouble(pause.group(2));
        }
        return new GcLog(allocated, pauses, sum, longest);
    }
}
