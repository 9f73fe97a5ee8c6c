import { describe, expect, it } from "vitest";
import type { Locale } from "#contract/config/terminal.ts";
import { displayTextOf } from "#renderer/display/display-texts.ts";
import { commonTextOf } from "#renderer/i18n/common-texts.ts";
import { tillTextOf } from "#renderer/i18n/till-texts.ts";
import { keepPictures } from "#tests/support/outcome-pictures.ts";
import { paymentOutcomes, type OutcomeSeen } from "#tests/support/payment-outcomes.ts";

/* Each end of a payment, on the real till against the gateway: what the cashier reads, and what the customer reads. */

/** Every outcome, in the order they are walked. */
const outcomes = [
  ...["paid-at-once", "password-asked", "password-paid"],
  ...["refused-code-expired", "refused-code-invalid", "refused-not-enough-money", "refused-card-not-supported"],
  ...["refused-limit-reached", "refused-order-closed", "refused-merchant-configuration", "refused-signature-rejected"],
  ...["not-known", "cancelling", "reversed", "reversed-refunded"],
  ...["qr-shown", "qr-paid", "qr-cancelled", "offline"],
  ...["needs-manager", "open-attempts", "qr-timed-out"],
];
const languages: readonly Locale[] = ["zh-CN", "en"];

/** What is missing on either window; nothing where both say it. */
async function missingOn(outcome: OutcomeSeen, locale: Locale): Promise<readonly string[]> {
  const { till, name, word, says, displaySays } = outcome;
  const display = await till.window("display.html");
  const [onTill, onDisplay] = await Promise.all([till.page.innerText("body"), display.innerText("body")]);
  const wanted = [commonTextOf(locale)(`word.${word}`), ...says.map((key) => tillTextOf(locale)(key))];
  // The customer's screen speaks both languages: nobody at the counter is left out.
  const toCustomer = languages.flatMap((one) => [
    ...(["qr", "idle"].includes(outcome.displayStage) ? [] : [commonTextOf(one)(`word.${word}`)]),
    ...(displaySays === null ? [] : [displayTextOf(one)(displaySays)]),
  ]);
  return [
    ...wanted.filter((text) => !onTill.includes(text)).map((text) => `${name}: the till does not say “${text}”`),
    ...toCustomer
      .filter((text) => !onDisplay.includes(text))
      .map((text) => `${name}: the display does not say “${text}”`),
  ];
}

describe.each(languages)("Every payment outcome, in %s,", (locale) => {
  it("has its word, its sentence and its next step on the till and on the customer's display", async () => {
    const seen: string[] = [];
    const missing: string[] = [];
    for await (const outcome of paymentOutcomes(locale)) {
      seen.push(outcome.name);
      missing.push(...(await missingOn(outcome, locale)));
      await keepPictures(outcome, locale);
    }
    expect(missing).toEqual([]);
    expect(seen).toEqual(outcomes);
  }, 300_000);
});
