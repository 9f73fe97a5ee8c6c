import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "playwright";
import { launchSpec, projectRoot } from "#scripts/electron-runtime.ts";

export interface WebPage {
  readonly app: ElectronApplication;
  readonly page: Page;
  close(): Promise<void>;
}

/** A page in a real Chromium: Electron's, since it is there wherever the till's tests run. Needs a screen. */
export async function openWebPage(
  url: string,
  size: { readonly width: number; readonly height: number },
): Promise<WebPage> {
  const spec = launchSpec([url, `${size.width}x${size.height}`], {
    app: join(projectRoot, "tests/support/web-page-window.mjs"),
  });
  const app = await _electron.launch({ executablePath: spec.executable, args: [...spec.args], env: spec.env });
  const page = await app.firstWindow();
  return { app, page, close: () => app.close() };
}
