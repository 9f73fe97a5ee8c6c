import { buildIfStale } from "./build.ts";
import { openScreen, type Screen } from "./screen.ts";

let screen: Screen | undefined;

/** Before the end-to-end tests: the till is built from the present sources and there is a screen to show it on. */
export async function setup(): Promise<void> {
  if ((await buildIfStale()) === "built") console.log("built into out/");
  screen = await openScreen();
  // The tests' own processes inherit this.
  Object.assign(process.env, screen.env);
}

export function teardown(): void {
  screen?.close();
}
