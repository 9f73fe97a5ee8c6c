import { app, session, type WebContents } from "electron";

/** The session of the demo store's phone, a browser that goes where a page sends it; no window of the till is in it. */
export const phonePartition = "demo-phone";

/**
 * What no window of the till may ever do: leave its page, open another, embed one, ask for a permission, reach a
 * network. Renderers are sandboxed on top of it; main/ipc checks each message besides.
 */
export function hardenApp(): void {
  app.on("web-contents-created", (_event, contents) => hardenContents(contents));
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  // The pages are ours and come from app://; anything else a page might ask for is refused before it leaves.
  defaultSession.webRequest.onBeforeRequest((details, decide) => {
    const { protocol } = new URL(details.url);
    decide({ cancel: !["app:", "data:", "blob:", "devtools:"].includes(protocol) });
  });
}

function hardenContents(contents: WebContents): void {
  // Asked each time: a session made before it is needed would be made in every shop.
  const stay = (event: { preventDefault(): void }): void => {
    if (contents.session !== session.fromPartition(phonePartition)) event.preventDefault();
  };
  contents.on("will-navigate", stay);
  contents.on("will-redirect", stay);
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}
