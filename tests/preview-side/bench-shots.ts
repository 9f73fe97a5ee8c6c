import type { WalletOutcome, WalletView } from "#contract/bench/wallet.ts";
import type { Shot } from "./shot.ts";

const situations: Readonly<Record<string, readonly string[]>> = {
  start: [],
  asking: [],
  code: ["[data-testid=phone-present]"],
  trouble: [
    "[data-testid=printer-paperOut]",
    "[data-testid=gateway-cable]",
    "[data-testid=scanner-text] := 6920536012350",
    "[data-testid=scanner-pull]",
    "[data-testid=phone-scan-display]",
  ],
  "trouble-over": ["[data-testid=printer-paperOut]", "[data-testid=gateway-cable]", "[data-testid=drawer-close]"],
};

/** The phone asks for the password, after a day of every outcome. */
function askingPhone(path: string): WalletView | null {
  if (path !== "/wallet") return null;
  const entry = (outcome: WalletOutcome, amountFen: number, at: number) => ({
    outTradeNo: `T${at}`,
    amountFen,
    outcome,
    at,
  });
  return {
    balanceFen: 9_812_345,
    behaviour: "password",
    pending: [{ outTradeNo: "T1", amountFen: 4_406, description: "蜂鸟便利 · 人民路店", kind: "codepay" }],
    history: [
      entry("paid", 2_350, 1_795_328_000_000),
      entry("returned", 99_999_999, 1_795_327_000_000),
      entry("not-enough", 350, 1_795_326_000_000),
    ],
  };
}

const sizes = [
  [1280, 860],
  [1024, 768],
  [1920, 1080],
] as const;

export const benchShots: readonly Shot[] = sizes.flatMap(([width, height]) =>
  (["zh-CN", "en"] as const).flatMap((locale) =>
    Object.entries(situations).map(([name, steps]) => ({
      name: `bench-${name}-${locale}-${width}x${height}`,
      page: "bench" as const,
      width,
      height,
      locale,
      steps,
      twin: name === "asking" ? askingPhone : () => null,
    })),
  ),
);
