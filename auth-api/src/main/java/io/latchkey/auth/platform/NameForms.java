package io.latchkey.auth.platform;

import java.util.regex.Pattern;

/** What names of people look like, wherever they are read. */
public enum NameForms {
    USERNAME("[^\\p{C}\\p{Z}]{1,128}", "1 to 128 characters, no blank or control character"),

    /** E.164. */
    PHONE_NUMBER("\\+[1-9][0-9]{6,14}", "E.164, such as +4930123456");

    private final Pattern form;
    private final String expected;

    NameForms(String form, String expected) {
        this.form = Pattern.compile(form);
        this.expected = expected;
    }

    public boolean fits(String text) {
        return form.matcher(text).matches();
    }

    /** For errors. */
    public String expected() {
        return expected;
    }
}
