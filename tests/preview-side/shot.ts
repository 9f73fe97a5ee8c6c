import type { DisplayView } from "#contract/ipc/display-view.ts";

/** One picture: a page, its size, and what main would have said to it. */
export interface Shot {
  readonly name: string;
  readonly page: "display" | "bench" | "manager";
  readonly width: number;
  readonly height: number;
  readonly locale: "zh-CN" | "en";
  readonly isDark?: boolean;
  readonly display?: () => DisplayView;
  readonly answer?: (intent: string, args: unknown) => unknown;
  /** Answers in place of a twin; null leaves the question to the twin. */
  readonly twin?: (path: string) => unknown;
  /** Selectors to click, one after another, before the picture; `selector := text` types. */
  readonly steps?: readonly string[];
}
