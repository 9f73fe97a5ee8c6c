import { afterAll } from "vitest";
import { openScreen } from "./screen.ts";

// Each file of end-to-end tests has a screen of its own, where the machine has none: two tills on one would fight for focus.
const screen = await openScreen();
// The tests' own processes inherit this.
Object.assign(process.env, screen.env);
afterAll(() => screen.close());
