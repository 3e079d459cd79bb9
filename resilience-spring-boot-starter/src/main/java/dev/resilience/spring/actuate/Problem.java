package dev.resilience.spring.actuate;

import dev.resilience.InvalidSettingException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Why a request was refused; becomes the body of its answer. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final String field;
    private final String detail;
    private final String allowed;

    private Problem(int status, String title, String field, String detail, String allowed) {
        super(detail + ": " + allowed, null, false, false);
        this.status = status;
        this.title = title;
        this.field = field;
        this.detail = detail;
        this.allowed = allowed;
    }

    /**
     * Returns a refusal of what the request says.
     *
     * @param field which part of it
     * @param detail what is wrong with it
     * @param allowed what would be right
     */
    static Problem invalid(String field, String detail, String allowed) {
        return new Problem(400, "Bad Request", field, detail, allowed);
    }

    /** Returns a refusal of a setting; {@code max-wait} in a configuration is {@code maxWait} in a request. */
    static Problem invalid(InvalidSettingException setting) {
        StringBuilder field = new StringBuilder(setting.setting());
        for (int hyphen = field.indexOf("-"); hyphen >= 0; hyphen = field.indexOf("-")) {
            field.deleteCharAt(hyphen).setCharAt(hyphen, Character.toUpperCase(field.charAt(hyphen)));
        }
        return invalid(field.toString(), "Invalid " + field + " (" + setting.value() + ")", setting.rule());
    }

    static Problem unknown(String field, String detail, String allowed) {
        return new Problem(404, "Not Found", field, detail, allowed);
    }

    static Problem notWritable(String field, String detail, String allowed) {
        return new Problem(405, "Method Not Allowed", field, detail, allowed);
    }

    static Problem conflict(String field, String detail, String allowed) {
        return new Problem(409, "Conflict", field, detail, allowed);
    }

    int status() {
        return status;
    }

    /** Returns it in one line. */
    String text() {
        return detail + ": " + allowed;
    }

    /** Returns the members of an {@code application/problem+json} document. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        body.put("field", field);
        body.put("allowed", allowed);
        return body;
    }
}
