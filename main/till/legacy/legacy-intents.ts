import type { IntentName } from "#contract/ipc/intents.ts";
import { cancelLegacy } from "./aborting.ts";
import { doorIntents } from "./door-intents.ts";
import { fileIntents } from "./file-intents.ts";

export const legacyIntents = {
  "cancel-legacy": { needs: "signed-in", run: cancelLegacy },
  ...doorIntents,
  ...fileIntents,
} as const;

/** What brings a payment to its end, and what touches no sale. */
const goesOn: ReadonlySet<IntentName> = new Set<IntentName>([
  "cancel-legacy",
  "show-qr",
  "cancel-attempt",
  "ask-attempt",
  "park-sale",
  "dismiss-notice",
  "touch",
  "lock-screen",
  "list-categories",
  "list-items",
  "search-items",
]);

/**
 * Whether it may be pressed while an old till's payment has the screen. What does not lead to its end waits: the amount is
 * the old till's, and nobody is signed out from under a customer who pays.
 */
export function mayGoOnInLegacyPayment(intent: IntentName, needs: "nobody" | "signed-in"): boolean {
  return goesOn.has(intent) || (needs === "nobody" && intent !== "sign-out");
}
