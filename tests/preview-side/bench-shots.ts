import type { Shot } from "./shot.ts";

const situations: Readonly<Record<string, readonly string[]>> = {
  start: [],
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
    })),
  ),
);
