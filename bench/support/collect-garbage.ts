import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
// A function of V8's own, which it gives to contexts made from here on.
const collect = runInNewContext("gc") as () => void;

/** What one measurement leaves behind is not collected in the time of the next. */
export function collectGarbage(): void {
  collect();
}
