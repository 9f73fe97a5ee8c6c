import { describe, expect, test } from "vitest";
import { unsafeInSource, unsafeSwitchesIn } from "./unsafe-words.ts";

describe("A program's text", () => {
  test.each([
    [2, "new BrowserWindow({ webPreferences: { nodeIntegration: true } })"],
    [2, "{nodeIntegrationInWorker:!0}"],
    [3, "contextIsolation: false"],
    [4, "{ sandbox:!1 }"],
    [6, "webSecurity: false,"],
    [8, "allowRunningInsecureContent: true"],
    [9, "experimentalFeatures:!0"],
    [10, 'enableBlinkFeatures: "CSSVariables"'],
    [11, '<webview src="x" allowpopups></webview>'],
    [12, "webviewTag: true"],
    [15, 'void shell.openExternal("https://example.com")'],
    [18, 'window.loadFile("index.html")'],
    [18, 'loadURL("file:///index.html")'],
  ])("that breaks point %i is found: %s", (point, text) => {
    expect([...unsafeInSource(text).keys()]).toEqual([point]);
  });

  test("that says the opposite is left alone", () => {
    const text = `{ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, javascript: false };
      fileURLToPath(url); "app://tillway/index.html"; "will-attach-webview"`;
    expect([...unsafeInSource(text)]).toEqual([]);
  });
});

describe("A command line", () => {
  test("that takes a wall down is found, however it is written", () => {
    const args = ["tillway", "--type=renderer", "--no-sandbox", "--enable-blink-features=X", "--disable-web-security"];
    expect(unsafeSwitchesIn(args)).toEqual(
      new Map([
        [4, "--no-sandbox"],
        [6, "--disable-web-security"],
        [10, "--enable-blink-features"],
      ]),
    );
  });

  test("with other switches is left alone", () => {
    const args = ["--type=renderer", "--no-sandbox-and-elevated", "--disable-gpu", "--enable-sandbox"];
    expect([...unsafeSwitchesIn(args)]).toEqual([]);
  });
});
