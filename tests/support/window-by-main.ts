import type { TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";

/**
 * A window as the main process has it, over the crash of its page too: Playwright lets go of a page whose process ended.
 * `answer` is what the script says, null while the page is on its way.
 */
export interface WindowNow {
  readonly pid: number;
  readonly isVisible: boolean;
  readonly isFullScreen: boolean;
  readonly answer: unknown;
}

/** The window on this page, such as `index.html`; null where there is none. The script is an expression. */
export function windowNow(till: TillUnderTest, page: string, script = "null"): Promise<WindowNow | null> {
  return till.app.evaluate(
    async ({ BrowserWindow }, asked) => {
      const open = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes(asked.page));
      if (open === undefined) return null;
      const { webContents } = open;
      const now = {
        pid: webContents.getOSProcessId(),
        ...{ isVisible: open.isVisible(), isFullScreen: open.isFullScreen() },
      };
      if (now.pid === 0 || webContents.isLoading()) return { ...now, pid: 0, answer: null };
      // A page that is being put in the place of another may never answer: it is asked again.
      const nothing = new Promise<null>((resolve) => {
        AbortSignal.timeout(1_000).addEventListener("abort", () => resolve(null));
      });
      return { ...now, answer: await Promise.race([webContents.executeJavaScript(asked.script), nothing]) };
    },
    { page, script },
  );
}

/** The same, once it is another process than `before` and the script says something true of it. */
export function windowAgain(till: TillUnderTest, page: string, before: number, script: string): Promise<WindowNow> {
  return until(`another process shows ${page}: ${script}`, async () => {
    const now = await windowNow(till, page, script);
    return now !== null && now.pid !== 0 && now.pid !== before && Boolean(now.answer) && now;
  });
}

/** The pid of a process of the till's own by the name Electron has for it, such as `device host` or `GPU`. */
export function processOf(till: TillUnderTest, name: string): Promise<number | null> {
  return till.app.evaluate(
    ({ app }, asked) =>
      app.getAppMetrics().find((one) => [one.name, one.serviceName, one.type].includes(asked))?.pid ?? null,
    name,
  );
}
