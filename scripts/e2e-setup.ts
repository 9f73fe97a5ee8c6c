import { buildIfStale } from "./build.ts";

/** Before the end-to-end tests: the till is built from the present sources. */
export async function setup(): Promise<void> {
  if ((await buildIfStale()) === "built") console.log("built into out/");
}
