import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type Page } from "playwright";
import { launchSpec, projectRoot } from "#scripts/electron-runtime.ts";

export interface WebPage {
  readonly page: Page;
  close(): Promise<void>;
}

/** What a browser may be besides Chromium as it is. */
export interface BrowserChoice {
  readonly userAgent?: string;
  /** Chromium's `--host-resolver-rules`, such as `MAP pay.example:443 127.0.0.1:8443`, whatever certificate is shown there. */
  readonly hosts?: string;
}

/**
 * A start takes three seconds. On a machine with a load of fifteen one in ten was never handed over by Playwright, though
 * the window was there: such a one is ended and the browser started once more. Milliseconds.
 */
const launchPatienceMs = 40_000;

/** A page in a real Chromium with a profile of its own: Electron's, since it is there wherever the till's tests run. */
export async function openWebPage(
  url: string,
  size: { readonly width: number; readonly height: number },
  more: BrowserChoice = {},
): Promise<WebPage> {
  const profile = mkdtempSync(join(tmpdir(), "tillway-browser-"));
  const spec = launchSpec([JSON.stringify({ url, size, profile, ...more })], {
    app: join(projectRoot, "tests/support/web-page-window.mjs"),
  });
  const options = { executablePath: spec.executable, args: [...spec.args], env: spec.env, timeout: launchPatienceMs };
  const app = await _electron.launch(options).catch(() => _electron.launch(options));
  return {
    page: await app.firstWindow(),
    async close() {
      await app.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
