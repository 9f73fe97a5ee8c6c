import { app } from "electron";

/**
 * Does one piece of drawing in Electron and ends it, with exit code 1 and the cause on the console where it failed. For
 * Electron's own entry points, which are plain JavaScript because Electron does not strip types from the file it is
 * started on.
 * @param {() => Promise<void>} draw
 */
export function runInElectron(draw) {
  // Screens that scale up would otherwise double a picture's size.
  app.commandLine.appendSwitch("force-device-scale-factor", "1");
  app.disableHardwareAcceleration();
  // Not awaited at the top level: Electron becomes ready only once its entry module has been evaluated.
  app
    .whenReady()
    .then(draw)
    .then(
      () => app.exit(0),
      (cause) => {
        console.error(cause);
        app.exit(1);
      },
    );
}
