package io.latchkey.testing;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Asks axe-core what keeps people from reading a page; the module that does so brings it along. */
public final class Axe {
    private static final String SCRIPT = script();

    private Axe() {}

    /**
     * By its rules for WCAG and its best practices.
     *
     * @param exceptRules ids of those that do not apply
     * @return each with the elements that it is about
     */
    public static List<?> violations(Page page, String... exceptRules) {
        page.evaluate(SCRIPT);
        return (List<?>)
                page.evaluate(
                        """
                        except => axe.run(document, {rules: Object.fromEntries(
                                except.map(rule => [rule, {enabled: false}]))})
                            .then(result => result.violations.map(
                                v => v.id + ': ' + v.nodes.map(n => n.html).join(' ')))
                        """,
                        List.of(exceptRules));
    }

    private static String script() {
        try (var script = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(
                            Objects.requireNonNull(script, "axe-core is not there").readAllBytes(),
                            StandardCharsets.UTF_8)
                    + "; 0";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
