import type { Page } from "playwright";

/**
 * Everything a person reads or hears on a page: texts in sight, and names, hints and titles of what is in sight. Paper is
 * left out (it speaks the shop's language), and so is what is marked as being in another language than the page.
 */
export function wordsOnScreen(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const pageLanguage = document.documentElement.lang;
    const look = (element: Element): void => {
      const language = element.getAttribute("lang");
      if (language !== null && language !== pageLanguage && element !== document.documentElement) return;
      if (["STYLE", "SCRIPT", "NOSCRIPT"].includes(element.tagName)) return;
      if (element instanceof HTMLElement && element.dataset["testid"] === "paper") return;
      if (!element.checkVisibility({ visibilityProperty: true })) return;
      for (const name of ["aria-label", "placeholder", "title", "alt"]) found.push(element.getAttribute(name) ?? "");
      for (const node of element.childNodes) {
        if (node instanceof Text) found.push(node.data);
        if (node instanceof Element) look(node);
      }
    };
    look(document.body);
    return found.map((text) => text.trim()).filter((text) => text !== "");
  });
}
