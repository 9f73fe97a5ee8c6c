import { setUpAddon } from "./addon.mjs";
import { setUpElectron } from "./electron.mjs";
import { setUpModules, setUpNode } from "./modules.mjs";
import { SetupFailure } from "./step.mjs";
import { setUpSystem } from "./system.mjs";

// Runs before `npm start`, `npm test` and the rest. Each step looks first and acts only on what is missing, so a run
// that was cut off is mended by the next one, and a run with nothing to do takes a fraction of a second.
try {
  setUpModules();
  setUpNode();
  await setUpElectron();
  setUpSystem();
  setUpAddon();
} catch (failure) {
  if (!(failure instanceof SetupFailure)) throw failure;
  console.error(`set-up: ${failure.message}`);
  process.exitCode = 1;
}
