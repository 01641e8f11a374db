package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;

/** A browser without scripts, and the person before it. */
final class PlainBrowser implements AutoCloseable {
    private final WebClient client = new WebClient();

    PlainBrowser() {
        client.getOptions().setJavaScriptEnabled(false);
        client.getOptions().setCssEnabled(false);
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setTimeout(20_000);
    }

    /** Follows redirects to the end. */
    HtmlPage open(String url) {
        try {
            return client.getPage(url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Types the address on the sign-in page, opens the mailed link and presses its button.
     *
     * @param signInPage or what leads to it
     * @param mailedLink what arrives in the person's mailbox
     * @return where that ends
     */
    HtmlPage signIn(HtmlPage signInPage, String email, Supplier<String> mailedLink) {
        var waiting = submitAddress(signInPage, email);
        assertThat(waiting.getWebResponse().getStatusCode()).as(waiting.asXml()).isEqualTo(200);
        return press(open(mailedLink.get()));
    }

    private HtmlPage submitAddress(HtmlPage page, String email) {
        HtmlInput field = page.getFirstByXPath("//input[@name='email']");
        assertThat(field).as(page.asXml()).isNotNull();
        field.setValue(email);
        return submit(field.getEnclosingForm());
    }

    /** Submits the page's first form. */
    HtmlPage press(HtmlPage page) {
        HtmlForm form = page.getFirstByXPath("//form");
        assertThat(form).as(page.asXml()).isNotNull();
        return submit(form);
    }

    private static HtmlPage submit(HtmlForm form) {
        HtmlElement button = form.getFirstByXPath(".//button");
        try {
            return button.click();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
