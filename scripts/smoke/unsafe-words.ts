/** What no source of main or of a preload may say, by the point of Electron's list that forbids it. */
const unsafeWords: readonly { readonly point: number; readonly word: RegExp; readonly what: string }[] = [
  { point: 2, word: /nodeIntegration(?:InWorker|InSubFrames)?:\s*(?:true|!0)/, what: "nodeIntegration: true" },
  { point: 3, word: /contextIsolation:\s*(?:false|!1)/, what: "contextIsolation: false" },
  { point: 4, word: /sandbox:\s*(?:false|!1)/, what: "sandbox: false" },
  { point: 6, word: /webSecurity:\s*(?:false|!1)/, what: "webSecurity: false" },
  { point: 8, word: /allowRunningInsecureContent:\s*(?:true|!0)/, what: "allowRunningInsecureContent: true" },
  { point: 9, word: /experimentalFeatures:\s*(?:true|!0)/, what: "experimentalFeatures: true" },
  { point: 10, word: /enableBlinkFeatures/, what: "enableBlinkFeatures" },
  { point: 11, word: /allowpopups/i, what: "allowpopups" },
  { point: 12, word: /webviewTag:\s*(?:true|!0)/, what: "webviewTag: true" },
  { point: 15, word: /\bopenExternal\b/, what: "shell.openExternal" },
  { point: 18, word: /\.loadFile\(|["'`]file:\/\//, what: "file://" },
];

/** Switches that would take a wall down for every page, by the point that forbids it. */
const unsafeSwitches: readonly { readonly point: number; readonly starts: string }[] = [
  { point: 4, starts: "--no-sandbox" },
  { point: 4, starts: "--disable-setuid-sandbox" },
  { point: 6, starts: "--disable-web-security" },
  { point: 8, starts: "--allow-running-insecure-content" },
  { point: 9, starts: "--enable-experimental-web-platform-features" },
  { point: 10, starts: "--enable-blink-features" },
  { point: 18, starts: "--allow-file-access-from-files" },
];

/** What a text of a program says that it must not, by point; empty where it says nothing of it. */
export function unsafeInSource(text: string): ReadonlyMap<number, string> {
  return new Map(unsafeWords.filter(({ word }) => word.test(text)).map(({ point, what }) => [point, what]));
}

/** The same of a command line. */
export function unsafeSwitchesIn(args: readonly string[]): ReadonlyMap<number, string> {
  const found = unsafeSwitches.filter(({ starts }) =>
    args.some((arg) => arg === starts || arg.startsWith(`${starts}=`)),
  );
  return new Map(found.map(({ point, starts }) => [point, starts]));
}
