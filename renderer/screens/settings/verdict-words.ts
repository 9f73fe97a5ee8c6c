import type { ConnectionVerdict } from "#contract/ipc/setup-view.ts";
import { offsetWords, timeWords, worryingOffsetMs } from "./offset-words.ts";
import type { SettingsText } from "./settings-texts.ts";

/** What was found, and what a person does about it. */
export function verdictWords(
  verdict: ConnectionVerdict,
  text: SettingsText,
): { readonly sentence: string; readonly next: string; readonly isGood: boolean } {
  const code = "code" in verdict ? (verdict.code ?? "") : "";
  const said = { code: code === "" ? text("verdict.no-code") : code };
  switch (verdict.kind) {
    case "ok": {
      const isSkewed = Math.abs(verdict.offsetMs ?? 0) >= worryingOffsetMs;
      const next = isSkewed
        ? text("verdict.ok.skewed", { offset: offsetWords(verdict.offsetMs, text) })
        : text("verdict.ok.next");
      return { sentence: text("verdict.ok"), next, isGood: true };
    }
    case "network": {
      const { detail } = verdict;
      return { sentence: text("verdict.network"), next: text("verdict.network.next", { detail }), isGood: false };
    }
    case "clock": {
      const direction = verdict.offsetMs > 0 ? "fast" : "slow";
      const time = timeWords(verdict.offsetMs, text);
      return {
        sentence: text(`verdict.clock.${direction}`, { time }),
        next: text("verdict.clock.next"),
        isGood: false,
      };
    }
    case "signature": {
      const { whose } = verdict;
      return {
        sentence: text(`verdict.signature.${whose}`),
        next: text(`verdict.signature.${whose}.next`),
        isGood: false,
      };
    }
    case "wrong-merchant":
    case "product-not-enabled":
    case "gateway-trouble":
      return {
        sentence: text(`verdict.${verdict.kind}`),
        next: text(`verdict.${verdict.kind}.next`, said),
        isGood: false,
      };
  }
}
