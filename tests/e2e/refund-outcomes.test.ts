import { describe, expect, it } from "vitest";
import type { Locale } from "#contract/config/terminal.ts";
import { managerTextOf } from "#renderer/screens/manager/manager-texts.ts";
import { keepPictures } from "#tests/support/outcome-pictures.ts";
import { refundOutcomes } from "#tests/support/refund-outcomes.ts";

/* Each stand of a refund, on the real till against the gateway, in the words a manager reads. */

const languages: readonly Locale[] = ["zh-CN", "en"];
const screens = [
  ...["refund-find", "refund-dialog", "refund-requested", "refund-processing", "refund-refused"],
  ...["refund-succeeded", "refund-closed", "refund-cash-instead", "refund-abnormal", "refund-onward"],
  ...["refund-sent-on", "refunds-open", "refund-decisions"],
];

describe.each(languages)("Every stand of a refund, in %s,", (locale) => {
  it("is said plainly, with what to do about it", async () => {
    const seen: string[] = [];
    const missing: string[] = [];
    for await (const { says, ...screen } of refundOutcomes(locale)) {
      seen.push(screen.name);
      await keepPictures(screen, locale);
      const words = await screen.till.page.innerText("body");
      const wanted = says.map((key) => managerTextOf(locale)(key));
      missing.push(...wanted.filter((text) => !words.includes(text)).map((text) => `${screen.name}: “${text}”`));
    }
    expect(missing).toEqual([]);
    expect(seen).toEqual(screens);
  }, 300_000);
});
