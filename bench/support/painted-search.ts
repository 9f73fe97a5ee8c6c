import { assert } from "#core/result.ts";
import type { TillUnderTest } from "#tests/support/open-till.ts";

/** Two frames of a display at 60 Hz, in milliseconds. */
export const twoFramesMs = 34;

/**
 * From the text in the till's search field to its results after their paint, each question typed whole into an empty
 * field: milliseconds by the page's clock. A question that finds nothing is counted as painted when it says so.
 */
export async function paintedSearches(till: TillUnderTest, questions: readonly string[]): Promise<readonly number[]> {
  const times = await till.page.evaluate(searchInPage, questions);
  assert(times.length === questions.length, "every question was answered on the screen");
  return times;
}

async function searchInPage(questions: readonly string[]): Promise<readonly number[]> {
  const field = document.querySelector<HTMLInputElement>('[data-testid="search"]');
  if (field === null) return [];
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  const type = (text: string): void => {
    setValue?.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const isThere = (): boolean =>
    document.querySelector('[data-testid="search-result"], [data-testid="search-none"]') !== null;
  const once = (what: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("the page never came to it")), 20_000);
      const look = (): void => {
        if (!what()) return;
        observer.disconnect();
        clearTimeout(late);
        resolve();
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
      look();
    });
  /** A message posted from an animation frame is delivered right after that frame's paint. */
  const painted = (): Promise<unknown> => {
    const { port1, port2 } = new MessageChannel();
    const delivered = new Promise((resolve) => port1.addEventListener("message", resolve, { once: true }));
    port1.start();
    requestAnimationFrame(() => port2.postMessage(null));
    return delivered;
  };
  const times: number[] = [];
  for (const question of questions) {
    type("");
    await once(() => !isThere());
    await painted();
    const beganMs = performance.now();
    type(question);
    await once(isThere);
    await painted();
    times.push(performance.now() - beganMs);
  }
  type("");
  return times;
}
